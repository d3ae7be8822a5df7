import { perClass } from './scores.mjs';

const CELL = 90;
const MARGIN = 110;

/** The files of one candidate as `{ path, text, contentType }`. */
export function artifactsOf({ name, params, network, data, confusion, values }) {
  const { classes } = data;
  return [
    {
      path: 'weights.json',
      text: `${JSON.stringify({ columns: data.columns, classes, layers: network }, null, 2)}\n`,
      contentType: 'application/json',
    },
    { path: 'confusion_matrix.csv', text: confusionCsv(confusion, classes), contentType: 'text/csv' },
    { path: 'confusion_matrix.svg', text: confusionSvg(confusion, classes), contentType: 'image/svg+xml' },
    {
      path: 'report/summary.md',
      text: summary({ name, params, values, confusion, classes }),
      contentType: 'text/markdown',
    },
  ];
}

/** One line per true class, one column per predicted class. */
export function confusionCsv(confusion, classes) {
  const lines = confusion.map((row, index) => [classes[index], ...row].join(','));
  return `${['actual', ...classes.map((name) => `predicted_${name}`)].join(',')}\n${lines.join('\n')}\n`;
}

/** The same as a picture: the darker a cell, the greater its share of its true class. */
export function confusionSvg(confusion, classes) {
  const side = MARGIN + CELL * classes.length;
  const cells = confusion.flatMap((row, actual) => row.map((count, guess) => cell(row, count, actual, guess)));
  const labels = classes.flatMap((name, index) => {
    const middle = MARGIN + CELL * (index + 0.5);
    return [label(middle, MARGIN - 12, 'middle', name), label(MARGIN - 12, middle + 5, 'end', name)];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side + 20} ${side + 20}" role="img"`,
    ` font-family="sans-serif" font-size="15"><title>Confusion matrix, validation rows</title>`,
    `<rect width="100%" height="100%" fill="#fff"/>`,
    label(MARGIN + (CELL * classes.length) / 2, 40, 'middle', 'predicted'),
    label(12, MARGIN - 12, 'start', 'actual'),
    ...labels,
    ...cells,
    '</svg>\n',
  ].join('\n');
}

function cell(row, count, actual, guess) {
  const share =
    count /
    Math.max(
      1,
      row.reduce((sum, other) => sum + other, 0),
    );
  const [x, y] = [MARGIN + CELL * guess, MARGIN + CELL * actual];
  return [
    `<rect x="${x}" y="${y}" width="${CELL}" height="${CELL}" stroke="#fff" fill="${shade(share)}"/>`,
    `<text x="${x + CELL / 2}" y="${y + CELL / 2 + 6}" text-anchor="middle" font-size="20"`,
    ` fill="${share > 0.5 ? '#fff' : '#1b2733'}">${count}</text>`,
  ].join('');
}

/** From nearly white to dark blue; `rgb()` because not every SVG viewer knows the newer forms. */
function shade(share) {
  const mix = (light, dark) => Math.round(light + (dark - light) * share);
  return `rgb(${mix(240, 30)},${mix(245, 84)},${mix(250, 150)})`;
}

function label(x, y, anchor, text) {
  return `<text x="${x}" y="${y}" text-anchor="${anchor}" fill="#1b2733">${text}</text>`;
}

function summary({ name, params, values, confusion, classes }) {
  const scores = perClass(confusion).map(
    ({ precision, recall, f1, rows }, index) =>
      `| ${classes[index]} | ${precision.toFixed(3)} | ${recall.toFixed(3)} | ${f1.toFixed(3)} | ${rows} |`,
  );
  return [
    `# ${name}`,
    '',
    ...table(
      ['param', 'value'],
      Object.entries(params).map(([key, value]) => `| ${key} | ${value} |`),
    ),
    '',
    ...table(
      ['metric', 'last value'],
      Object.entries(values).map(([key, value]) => `| ${key} | ${value.toFixed(4)} |`),
    ),
    '',
    'On the validation rows:',
    '',
    ...table(['class', 'precision', 'recall', 'F1', 'rows'], scores),
    '',
  ].join('\n');
}

function table(heads, rows) {
  return [`| ${heads.join(' | ')} |`, `|${' --- |'.repeat(heads.length)}`, ...rows];
}
