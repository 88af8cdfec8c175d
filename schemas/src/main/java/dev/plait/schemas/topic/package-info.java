/** What lies on which topic: names, keys, settings, headers. All of it is public API. */
package dev.plait.schemas.topic;
