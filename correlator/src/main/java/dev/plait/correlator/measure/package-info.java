/** Business measures: numbers that items carry as attributes, summed by series and window, and alerts when they drop. */
package dev.plait.correlator.measure;
