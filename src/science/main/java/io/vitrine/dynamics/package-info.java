/** What particles did over a window of frames: p_hop and cumulative displacement. */
package io.vitrine.dynamics;
