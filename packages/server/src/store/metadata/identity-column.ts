/** A column of SQLite that numbers its rows in the order of arrival and never uses a number twice. */
export const identityColumn = 'INTEGER PRIMARY KEY AUTOINCREMENT';
