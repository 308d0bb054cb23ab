/** Name of the database in the browser; in a file of its own so that recovery needs nothing else. */
export const databaseName = "plimsoll";
