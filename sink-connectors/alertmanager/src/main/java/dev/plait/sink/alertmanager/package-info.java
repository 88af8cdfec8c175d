/** Alerts to Alertmanager, over its API version 2. */
package dev.plait.sink.alertmanager;
