package dev.sluice.deploy.cli;

import dev.sluice.cdc.finding.Finding;
import dev.sluice.cdc.finding.Finding.Place;
import dev.sluice.deploy.check.StartCheck;
import dev.sluice.deploy.cli.option.PipelineOption;
import dev.sluice.deploy.cli.output.Output;
import dev.sluice.deploy.home.HomeLock;
import dev.sluice.deploy.pipeline.PipelineFile;
import dev.sluice.deploy.pipeline.PipelineReading;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sluice doctor}. */
@Command(
        name = "doctor",
        description = "Check this machine, the home and the source, and say what to do.",
        footer = {"", "Examples:", "  sluice doctor", "  sluice doctor -f pipeline.yaml"})
final class DoctorCommand implements Callable<Integer> {

    private static final long LEAST_FREE_BYTES = 2L << 30;
    private static final int OLDEST_JAVA = 17;

    @Mixin
    private PipelineOption pipeline;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        List<Finding> findings = new ArrayList<>();
        findings.add(java());
        findings.add(disk(pipeline.home().root()));
        boolean running = HomeLock.isTaken(pipeline.home());
        findings.add(Finding.ok(
                "DEP-413",
                Place.of(pipeline.home().root().toString()),
                running ? "A process holds this home." : "No process holds this home."));
        pipeline.find().ifPresent(file -> findings.addAll(source(file)));
        output.print(findings);
        return ExitCode.of(findings);
    }

    private static Finding java() {
        int feature = Runtime.version().feature();
        Place place = Place.of("java");
        return feature >= OLDEST_JAVA
                ? Finding.ok("DEP-411", place, "Java " + Runtime.version() + " runs this command.")
                : Finding.fail("DEP-411", place, "Java " + Runtime.version() + " is too old.", "Install a JDK 17.");
    }

    private static Finding disk(Path home) {
        Path existing = home;
        while (existing.getParent() != null && !existing.toFile().exists()) {
            existing = existing.getParent();
        }
        long free = existing.toFile().getUsableSpace();
        String what = (free >> 30) + " GiB are free.";
        return free >= LEAST_FREE_BYTES
                ? Finding.ok("DEP-412", Place.of(existing.toString()), what)
                : Finding.warn(
                        "DEP-412",
                        Place.of(existing.toString()),
                        what,
                        "Make room, or name a larger disk with --home.");
    }

    private List<Finding> source(Path file) {
        PipelineReading reading = PipelineFile.examine(file);
        return Stream.of(reading.faults(), reading.policyFaults(), StartCheck.source(reading, pipeline.home()))
                .flatMap(List::stream)
                .toList();
    }
}
