-- Small named facts that must survive a restart.
CREATE TABLE gateway_state (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;
