package dev.sluice.deploy.bench;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A pipeline from records to a history table. */
interface Variant {

    /** Its name in the report. */
    String name();

    /** The session it works in. */
    SparkSession session();

    /** Takes a batch; number 0 is the initial load. */
    void take(int number, Dataset<Row> kafka);

    /** Its table with the columns of {@link Verdict#COLUMNS}. */
    Dataset<Row> history();
}
