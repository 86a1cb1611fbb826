/**
 * What particles did over a window of frames (p_hop, displacements), the shape of windows, the time
 * grid, and the gate that every frame passes. Nothing here knows structure or models.
 */
package io.vitrine.dynamics;
