package dev.sluice.deploy.cli;

import dev.sluice.cdc.capture.postgres.Secret;
import dev.sluice.cdc.finding.Finding;
import dev.sluice.deploy.DeployException;
import dev.sluice.deploy.cli.option.LoginOption;
import dev.sluice.deploy.cli.output.Output;
import dev.sluice.deploy.cli.output.Sheet;
import dev.sluice.deploy.pipeline.draft.DraftFolder;
import dev.sluice.deploy.pipeline.draft.DraftReport;
import dev.sluice.deploy.pipeline.draft.DraftRequest;
import dev.sluice.deploy.pipeline.draft.PipelineDraft;
import dev.sluice.deploy.pipeline.draft.PipelineDrafting;
import dev.sluice.deploy.pipeline.draft.SourceAddress;
import java.io.Console;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sluice init}. */
@Command(
        name = "init",
        description =
                "Look at a database, say what to run there, and write a pipeline file and a policy folder for it.",
        footer = {
            "",
            "Examples:",
            "  sluice init --url jdbc:postgresql://db.example:5432/shop --user sluice",
            "  sluice init --url jdbc:postgresql://127.0.0.1/shop --password-file secret --tables public.orders"
        })
final class InitCommand implements Callable<Integer> {

    @Mixin
    private Output output;

    @Option(
            names = "--url",
            required = true,
            paramLabel = "URL",
            description = "The database: jdbc:postgresql://host:port/database.")
    private String url;

    @Mixin
    private LoginOption login;

    @Option(
            names = "--tables",
            split = ",",
            paramLabel = "TABLE",
            description = "Tables to capture as schema.table. Default: all that can be captured.")
    private List<String> tables = List.of();

    @Option(names = "--name", paramLabel = "NAME", description = "Name of the pipeline. Default: the database's name.")
    private @Nullable String name;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "Folder for the files. Default: this folder.")
    private Path dir;

    @Option(
            names = "--force",
            description = "Move files that exist out of the way under another name, instead of refusing.")
    private boolean force;

    @Override
    public Integer call() {
        SourceAddress address = SourceAddress.parse(url);
        DraftFolder folder = new DraftFolder(dir, force, login.passwordFile().orElse(null));
        folder.refuseExisting();
        Secret password = login.passwordFile().map(DraftFolder::read).orElseGet(this::ask);
        PipelineDraft draft = PipelineDrafting.write(new DraftRequest(
                address,
                new DraftRequest.SourceLogin(login.user(), password, login.tls(address.host())),
                name == null ? address.suggestedName() : name,
                tables,
                folder));
        if (output.isForPeople()) {
            output.text(DraftReport.of(draft));
        } else {
            output.print(sheet(draft));
        }
        return ExitCode.OK;
    }

    private Secret ask() {
        char[] typed = Optional.ofNullable(System.console())
                .map(console -> read(console))
                .orElse(new char[0]);
        if (typed.length == 0) {
            throw new DeployException(
                    "DEP-607",
                    "The password of " + login.user()
                            + " is not known, and no terminal is there to ask for it. Write the"
                            + " password as the first line of a file with mode 0600, and name the file with"
                            + " --password-file.");
        }
        return Secret.of(new String(typed));
    }

    private char @Nullable [] read(Console console) {
        return console.readPassword("Password of %s: ", login.user());
    }

    private static Sheet sheet(PipelineDraft draft) {
        return Sheet.empty()
                .with("name", draft.request().name())
                .with("source", draft.request().address().url())
                .with("tables", draft.catalog().tables().size())
                .with("columns", draft.catalog().fields())
                .with("classified", draft.catalog().classified())
                .with("hidden", draft.hidden())
                .with("left_out", rows(draft.leftOut()))
                .with("findings", rows(draft.source()))
                .with("statements", draft.statements())
                .with("files", draft.files())
                .with("next", draft.next());
    }

    private static List<Map<String, String>> rows(List<Finding> findings) {
        return findings.stream()
                .map(f -> Map.of(
                        "level", f.level().name(),
                        "code", f.code(),
                        "place", f.place().toString(),
                        "what", f.what(),
                        "fix", f.fix()))
                .toList();
    }
}
