/**
 * The sequential model: a plain loop over frames that gives the numbers of the dataflow, and the
 * two functions that share its way of sliding windows ({@code score}, relaxation). Its parts are in
 * the packages below; the rates made of counters are in {@code barriers}.
 */
package io.vitrine.analysis;
