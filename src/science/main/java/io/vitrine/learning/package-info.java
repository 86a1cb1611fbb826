/** Training sets that grow frame by frame, and linear classifiers made from them. */
package io.vitrine.learning;
