/** The one configuration file, read into validated records. A bad value fails at start naming key, value and what would be right. */
package dev.plait.topology.config;
