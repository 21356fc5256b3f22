import { heading, table } from './markdown.mjs';

const intro = `Settings of the service: given as an option of \`honeyhive serve\` (or \`npm start --\`), else in the environment, else the default. Sizes may be written with \`KiB\`, \`MiB\` or \`GiB\`. Unknown options, and unknown variables that begin with \`HH_\`, are refused; all problems are reported at once, with exit code 78.

\`honeyhive config\` prints what is in force and where each value comes from.
`;

const outro = `Commands that talk to a service (\`demo\`, \`projects\`, \`sessions\`, \`doctor\`) and the client read its address from \`HH_API_URL\` and the key from \`HH_API_KEY\`.
`;

function rangeOf(option, formatOption) {
  if (option.type === 'choice') return option.choices.map((word) => `\`${word}\``).join(', ');
  if (option.type === 'folder' || option.type === 'path') return 'a path';
  if (option.type === 'origins') return '`none`, `*`, origins';
  if (option.type === 'file') return '`none`, a path';
  if (option.type === 'url') return '`none`, an origin';
  if (option.type === 'proxies') return '`none`, addresses, blocks';
  if (option.type === 'text') return 'a text';
  return `${formatOption(option.min, option)} to ${formatOption(option.max, option)}`;
}

/** docs/reference/config.md: every setting of the service. */
export function renderConfig({ configOptions, formatOption }) {
  const rows = Object.values(configOptions).map((option) => [
    `\`${option.env}\``,
    `\`${option.flag}\``,
    formatOption(option.default, option),
    rangeOf(option, formatOption),
    option.doc,
  ]);
  return [
    heading('Settings', intro),
    table(['variable', 'option', 'default', 'allowed', 'what it does'], rows),
    outro,
  ].join('\n');
}
