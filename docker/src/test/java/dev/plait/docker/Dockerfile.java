package dev.plait.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Dockerfile: its stages, and of each its instructions, continued lines joined and comments left out. */
record Dockerfile(List<Stage> stages) {
    /** One instruction: {@code COPY}, and what follows. */
    record Instruction(String name, String arguments) {
        List<String> words() {
            return List.of(arguments.split("\\s+"));
        }
    }

    record Stage(String base, String name, List<Instruction> instructions) {
        boolean has(String instruction) {
            return !all(instruction).isEmpty();
        }

        List<Instruction> all(String instruction) {
            return instructions.stream()
                    .filter(one -> one.name().equals(instruction))
                    .toList();
        }

        /** The arguments of an instruction that is there once. */
        String only(String instruction) {
            List<Instruction> all = all(instruction);
            if (all.size() != 1) {
                throw new AssertionError(name + " has " + all.size() + " times " + instruction);
            }
            return all.get(0).arguments();
        }
    }

    static Dockerfile read() throws IOException {
        return parse(Files.readString(Path.of("Dockerfile")));
    }

    static Dockerfile parse(String text) {
        List<Stage> stages = new ArrayList<>();
        for (Instruction instruction : instructions(text)) {
            if (instruction.name().equals("FROM")) {
                List<String> words = instruction.words();
                if (words.size() != 3 || !words.get(1).equals("AS")) {
                    throw new AssertionError("a stage without a name: FROM " + instruction.arguments());
                }
                stages.add(new Stage(words.get(0), words.get(2), new ArrayList<>()));
            } else {
                stages.get(stages.size() - 1).instructions().add(instruction);
            }
        }
        return new Dockerfile(stages);
    }

    private static List<Instruction> instructions(String text) {
        List<Instruction> instructions = new ArrayList<>();
        StringBuilder whole = new StringBuilder();
        for (String line : text.lines().toList()) {
            if (line.isBlank() || line.strip().startsWith("#")) {
                continue;
            }
            boolean continued = line.endsWith("\\");
            whole.append(continued ? line.substring(0, line.length() - 1).strip() + " " : line.strip());
            if (!continued) {
                String[] parts = whole.toString().strip().split("\\s+", 2);
                instructions.add(new Instruction(parts[0], parts.length == 1 ? "" : parts[1]));
                whole.setLength(0);
            }
        }
        return instructions;
    }

    Stage stage(String name) {
        return stages.stream()
                .filter(stage -> stage.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no stage " + name));
    }
}
