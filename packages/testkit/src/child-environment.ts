/** This process's environment without the product's own settings, then `extra`. */
export function childEnvironment(extra: Readonly<Record<string, string>>): Record<string, string> {
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && !/^(HH_|HONEYHIVE_|XDG_DATA_HOME$|NODE_OPTIONS$)/.test(entry[0]),
  );
  return { ...Object.fromEntries(inherited), ...extra };
}
