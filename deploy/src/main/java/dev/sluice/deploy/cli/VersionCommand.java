package dev.sluice.deploy.cli;

import dev.sluice.deploy.cli.output.Output;
import dev.sluice.deploy.cli.output.Sheet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;

/** {@code sluice version}. */
@Command(
        name = "version",
        description = "Say which version this is and what it runs on.",
        footer = {"", "Example:", "  sluice version"})
final class VersionCommand implements Callable<Integer> {

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        output.print(Sheet.empty()
                .with("sluice", version())
                .with("java", Runtime.version().toString())
                .with("os", System.getProperty("os.name") + " " + System.getProperty("os.arch")));
        return ExitCode.OK;
    }

    private static String version() {
        String version = VersionCommand.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /** The text of {@code --version}. */
    static final class Provider implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"sluice " + version()};
        }
    }
}
