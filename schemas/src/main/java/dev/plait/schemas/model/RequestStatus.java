package dev.plait.schemas.model;

/** How a request ended. */
public enum RequestStatus {
    OK,
    ERROR
}
