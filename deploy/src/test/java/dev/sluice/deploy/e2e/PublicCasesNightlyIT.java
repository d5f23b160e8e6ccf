package dev.sluice.deploy.e2e;

import org.junit.jupiter.api.Tag;

/** The same with every case of the folder. */
@Tag("nightly")
class PublicCasesNightlyIT extends PublicCasesIT {}
