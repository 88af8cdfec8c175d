package dev.plait.app;

import java.nio.file.Path;

/** How a long running command logs. To be called before the first logger is made. */
final class ServiceLog {
    private ServiceLog() {}

    /** Warnings to a file, which is rolled; errors also on standard error. */
    static void toFile(Path file) {
        System.setProperty("plait.log.file", file.toString());
        System.setProperty("log4j2.configurationFile", "log4j2-service.xml");
    }

    /** Warnings to standard error, for whoever collects that. */
    static void toStandardError() {
        System.setProperty("log4j2.configurationFile", "log4j2-run.xml");
    }
}
