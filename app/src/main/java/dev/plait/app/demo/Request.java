package dev.plait.app.demo;

/** An HTTP request on its way; {@code host} is the name the caller used. */
record Request(String method, String host, String path, Headers headers) {}
