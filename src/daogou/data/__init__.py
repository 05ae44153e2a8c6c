"""Getting facts in and giving them back: importers, the event log, the Parquet lake and the Dataset."""
