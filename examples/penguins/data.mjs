import { readFileSync } from 'node:fs';

import { createRandom, shuffled } from './random.mjs';

const MEASUREMENTS = ['bill_length_mm', 'bill_depth_mm', 'flipper_length_mm', 'body_mass_g'];
const CATEGORIES = ['species', 'island'];

/** What the network predicts. */
export const TARGET = 'sex';

/** The columns of the file that `features` may name; a category becomes one column of 0 and 1 per value. */
export const FEATURES = [...MEASUREMENTS, ...CATEGORIES];

/** All rows of the file as text by column name. Nothing in the file is quoted, so a comma always separates. */
export function readPenguins(file = new URL('./penguins.csv', import.meta.url)) {
  const [header, ...lines] = readFileSync(file, 'utf8').trim().split(/\r?\n/);
  const names = header.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    return Object.fromEntries(names.map((name, column) => [name, cells[column]]));
  });
}

/** The rows that lack none of the features and whose sex is known. */
export function completeRows(rows) {
  return rows.filter((row) => [...FEATURES, TARGET].every((name) => row[name] !== 'NA'));
}

/** Three disjoint parts (60 %, 20 %, 20 %), each with the same shares of species and sex as the whole. */
export function split(rows, seed) {
  const random = createRandom(seed);
  const strata = groupBy(rows, (row) => `${row.species} ${row[TARGET]}`);
  const parts = { train: [], validation: [], test: [] };
  for (const name of [...strata.keys()].sort()) {
    const members = shuffled(strata.get(name), random);
    const fifth = Math.round(members.length / 5);
    parts.test.push(...members.slice(0, fifth));
    parts.validation.push(...members.slice(fifth, 2 * fifth));
    parts.train.push(...members.slice(2 * fifth));
  }
  return parts;
}

/**
 * The three parts as numbers, ready for the network. Mean and deviation are those of the training rows alone:
 * a scaling that had seen the other two would leak them into the training.
 */
export function prepare(features, splitSeed) {
  const unknown = features.filter((name) => !FEATURES.includes(name));
  if (features.length === 0 || unknown.length > 0) {
    throw new Error(`features: unknown "${unknown.join(', ')}"; choose at least one of ${FEATURES.join(', ')}`);
  }
  const rows = completeRows(readPenguins());
  const parts = split(rows, splitSeed);
  const columns = features.flatMap((name) => columnsOf(name, rows, parts.train));
  const classes = [...new Set(rows.map((row) => row[TARGET]))].sort();
  const encode = (part) => ({
    inputs: part.map((row) => columns.map((column) => encodeCell(column, row))),
    labels: part.map((row) => classes.indexOf(row[TARGET])),
  });
  return {
    columns,
    classes,
    train: encode(parts.train),
    validation: encode(parts.validation),
    test: encode(parts.test),
  };
}

function columnsOf(name, rows, trainRows) {
  if (CATEGORIES.includes(name)) {
    const values = [...new Set(rows.map((row) => row[name]))].sort();
    return values.map((value) => ({ name, value }));
  }
  const numbers = trainRows.map((row) => Number(row[name]));
  const mean = numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  const variance = numbers.reduce((sum, number) => sum + (number - mean) ** 2, 0) / numbers.length;
  return [{ name, mean, deviation: Math.sqrt(variance) }];
}

function encodeCell(column, row) {
  if ('value' in column) {
    return row[column.name] === column.value ? 1 : 0;
  }
  return (Number(row[column.name]) - column.mean) / column.deviation;
}

function groupBy(rows, nameOf) {
  const groups = new Map();
  for (const row of rows) {
    const name = nameOf(row);
    groups.set(name, [...(groups.get(name) ?? []), row]);
  }
  return groups;
}
