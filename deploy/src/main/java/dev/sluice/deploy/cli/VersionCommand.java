package dev.sluice.deploy.cli;

import dev.sluice.deploy.report.Sheet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;

/** {@code sluice version}. */
@Command(name = "version", description = "Say which version this is and what it runs on.")
final class VersionCommand implements Callable<Integer> {

    @Mixin
    private Answer answer;

    @Override
    public Integer call() {
        answer.print(Sheet.empty()
                .with("sluice", version())
                .with("java", Runtime.version().toString())
                .with("os", System.getProperty("os.name") + " " + System.getProperty("os.arch")));
        return ExitCode.OK;
    }

    private static String version() {
        String version = VersionCommand.class.getPackage().getImplementationVersion();
        return version == null ? "0.1.0-SNAPSHOT" : version;
    }

    /** The text of {@code --version}. */
    static final class Provider implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"sluice " + version()};
        }
    }
}
