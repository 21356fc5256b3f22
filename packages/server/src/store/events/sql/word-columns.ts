/** Columns in which texts are looked for, by what is in them: the cheap ones first. */
export const plainColumns: readonly string[] = ['event_name', 'user', 'model', "ifNull(error, '')"];
export const idColumns: readonly string[] = ['event_id', 'session_id'];
export const jsonColumns: readonly string[] = ['inputs', 'outputs', 'metadata', 'feedback'];
