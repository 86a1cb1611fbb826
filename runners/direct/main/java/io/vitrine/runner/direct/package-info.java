/**
 * The command line on Beam's direct runner, for tests and a quick trial. Nothing else may depend on
 * this runner.
 */
package io.vitrine.runner.direct;
