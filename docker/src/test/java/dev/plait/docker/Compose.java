package dev.plait.docker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code compose.yaml}, service by service. */
record Compose(List<Service> services, Yaml whole) {
    static final Path DIRECTORY = Path.of("").toAbsolutePath();

    /** A bind mount of a file or directory of this module. */
    record Mount(Path source, String target, boolean readOnly) {}

    record Service(String name, Yaml node) {
        String image() {
            return node.at("image").text();
        }

        /** Whether its image is built from this source tree. */
        boolean ours() {
            return node.at("build").exists();
        }

        List<String> command() {
            return node.at("command").texts();
        }

        Map<String, String> environment() {
            Map<String, String> environment = new TreeMap<>();
            node.at("environment")
                    .texts()
                    .forEach(name -> environment.put(
                            name, node.at("environment", name).text().replace("$$", "$")));
            return environment;
        }

        List<Mount> mounts() {
            List<Mount> mounts = new ArrayList<>();
            for (String volume : node.at("volumes").texts()) {
                String[] parts = volume.split(":", -1);
                if (parts[0].startsWith(".")) {
                    mounts.add(new Mount(
                            DIRECTORY.resolve(parts[0]).normalize(),
                            parts[1],
                            parts.length > 2 && parts[2].equals("ro")));
                }
            }
            return mounts;
        }
    }

    static Compose read() throws IOException {
        Yaml whole = Yaml.of(DIRECTORY.resolve("compose.yaml"));
        List<Service> services = whole.at("services").texts().stream()
                .map(name -> new Service(name, whole.at("services", name)))
                .toList();
        return new Compose(services, whole);
    }

    Service service(String name) {
        return services.stream()
                .filter(service -> service.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no service " + name + " in compose.yaml"));
    }
}
