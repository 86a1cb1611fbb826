/** {@code vitrine train}: training sets to a classifier. */
package io.vitrine.pipelines.train;
