package dev.plait.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Host names with a port in configuration files: {@code kafka:9092}, {@code http://receive:4318/v1/traces}. */
final class Addresses {
    private static final Pattern ADDRESS = Pattern.compile("(?:^|[\\s\"'/@\\[,])([a-z][a-z0-9-]*):(\\d{4,5})\\b");

    private Addresses() {}

    /** By file the hosts that it names, this one (localhost) left out; comments are left out too. */
    static Map<Path, Set<String>> in(List<String> paths) throws IOException {
        Map<Path, Set<String>> hosts = new TreeMap<>();
        for (String path : paths) {
            try (Stream<Path> files = Files.walk(Compose.DIRECTORY.resolve(path))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Set<String> found = in(Files.readString(file));
                    if (!found.isEmpty()) {
                        hosts.put(file, found);
                    }
                }
            }
        }
        return hosts;
    }

    private static Set<String> in(String text) {
        Set<String> hosts = new TreeSet<>();
        for (String line : text.lines().toList()) {
            Matcher matcher = ADDRESS.matcher(line.strip().startsWith("#") ? "" : line);
            while (matcher.find()) {
                hosts.add(matcher.group(1));
            }
        }
        hosts.remove("localhost");
        return hosts;
    }
}
