// The figures of the comparison as tables of Markdown.

const row = (cells) => `| ${cells.join(' | ')} |`;
const table = (head, rows) =>
  [
    row(head),
    row(head.map((_each, index) => (index === 0 ? '---' : '---:'))),
    ...rows.map(row),
  ].join('\n');
const show = (value, digits = 1) =>
  value === null || value === undefined ? '–' : value.toFixed(digits);

const share = (part, whole) => {
  if (part === 0) return '0';
  const percent = (part / whole) * 100;
  return percent < 0.1 ? '< 0.1 %' : `${percent.toFixed(1)} %`;
};

/** Events that never arrived; those that arrived twice; what flush came to. */
function describeFault(result) {
  const { count, lost, duplicated, poisonLost, flushState, flushMs, requests } = result;
  if (flushState === undefined) return 'the process failed';
  const twice = duplicated === 0 ? '' : `, ${share(duplicated, count)} twice`;
  const spoiled = poisonLost === 0 ? '' : `, ${poisonLost} of the 5`;
  const state = flushState === 'ok' ? '' : ` ${flushState}`;
  return `**${share(lost, count)}**${spoiled}${twice}; flush ${show(flushMs / 1000)} s${state}, ${requests} requests`;
}

/** Whether flush said of more events that they are stored than had arrived. */
const isUntrue = ({ saidStored = null, seenAtFlush }) =>
  saidStored !== null && saidStored > seenAtFlush;

function renderCosts(results, names) {
  const floors = new Map(
    results.filter(({ client }) => client === 'floor').map(({ name, cpuUs }) => [name, cpuUs]),
  );
  return names.map((name) => {
    const rows = results
      .filter((each) => each.name === name)
      .map((each) => [
        each.label,
        show(each.cpuUs),
        show(each.mainUs),
        show(each.cpuUs / floors.get(name), 2),
        show(each.p50Us),
        show(each.p99Us),
        show(each.loopMaxMs, 0),
        Math.round((each.count / each.wallMs) * 1000),
        share(each.lost, each.count),
      ]);
    return `${name}\n\n${table(
      [
        'client',
        'CPU µs an event',
        'main thread',
        '× floor',
        'call p50 µs',
        'p99 µs',
        'loop max ms',
        'events/s',
        'lost',
      ],
      rows,
    )}`;
  });
}

const renderGrid = (results, names, describe) => {
  const labels = [...new Set(results.map(({ label }) => label))];
  const cell = (label, name) => {
    const found = results.find((each) => each.label === label && each.name === name);
    return found === undefined ? '–' : describe(found);
  };
  return table(
    ['client', ...names],
    labels.map((label) => [label, ...names.map((name) => cell(label, name))]),
  );
};

/** @param groups names of the scenarios, by what they are about */
export function render(results, { costs, faults, endings }) {
  const of = (names) => results.filter(({ name }) => names.includes(name));
  const untrue = results.filter(isUntrue);
  return [
    ...renderCosts(of(costs), costs),
    ...(faults.length > 0 && of(faults).length > 0
      ? [
          `events lost for good, when the service fails\n\n${renderGrid(of(faults), faults, describeFault)}`,
        ]
      : []),
    ...(endings.length > 0 && of(endings).length > 0
      ? [
          `events lost when the program ends right after logging 1,000\n\n${renderGrid(of(endings), endings, ({ lost, count }) => share(lost, count))}`,
        ]
      : []),
    ...untrue.map(({ label, name }) => `${label}, ${name}: flush said more than is true`),
  ].join('\n\n');
}
