/** Output records as text in a terminal. Everything that came from outside is made printable first. */
package dev.plait.app.view;
