/**
 * What is wrong with a study, decided from stored rows by one pure function, and who is told of it.
 * Nothing here knows of the page or of HTTP.
 */
package io.vitrine.serving.alarms;
