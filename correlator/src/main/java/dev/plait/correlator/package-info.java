/** What all the deciding packages below share: what they ask of who runs them. */
package dev.plait.correlator;
