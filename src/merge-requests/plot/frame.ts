import { html, type Html } from '../../common';
import { formatValue } from '../report/numbers';
import { plainText } from '../markdown/markdown-escape';
import { ticks } from './ticks';

/** What a plot draws into, in its own units. */
export const area = { width: 600, height: 290, left: 80, right: 16, top: 14, bottom: 50 } as const;

/** The two axes of a plot. */
export interface Axes {
  readonly x: {
    readonly low: number;
    readonly high: number;
    readonly label: string;
    readonly ticks: readonly number[];
  };
  readonly y: { readonly low: number; readonly high: number; readonly label: string };
}

/** Colours that carry on light and dark grounds; lines also differ in their dashes. */
export const colours = [
  '#2f7bde',
  '#d9730d',
  '#2a9d62',
  '#c2417c',
  '#8a63d2',
  '#b08900',
  '#0e93a6',
  '#d1495b',
  '#6b7f3a',
  '#7a7f8c',
] as const;

/** Where a value stands, in the plot's units. */
export function placeX({ x }: Axes, value: number): number {
  const width = area.width - area.left - area.right;
  return round(area.left + ((value - x.low) / (x.high - x.low)) * width);
}

/** Where a value stands, in the plot's units; larger values stand higher. */
export function placeY({ y }: Axes, value: number): number {
  const height = area.height - area.top - area.bottom;
  return round(area.top + (1 - (value - y.low) / (y.high - y.low)) * height);
}

/** A text alternative, in a sentence or two. */
export interface Alternative {
  readonly id: string;
  readonly title: string;
  readonly description: string;
}

/** An SVG drawing that needs no style sheet: lines and letters take the colour of the text around it. */
export function frame(axes: Axes, { id, title, description }: Alternative, content: readonly Html[], height = 0): Html {
  return html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${area.width} ${area.height + height}" width="${
    area.width
  }" height="${area.height + height}" role="img" aria-labelledby="${id}-title ${id}-text" font-family="system-ui, sans-serif" font-size="13" fill="currentColor"><title id="${id}-title">${plainText(title, 120)}</title><desc id="${id}-text">${plainText(description, 400)}</desc>${yAxis(axes)}${xAxis(axes)}${content}</svg>`;
}

function yAxis(axes: Axes): Html[] {
  const { low, high, label } = axes.y;
  const middle = (area.top + area.height - area.bottom) / 2;
  return [
    ...ticks(low, high).map((value) => {
      const y = placeY(axes, value);
      return html`<line x1="${area.left}" y1="${y}" x2="${area.width - area.right}" y2="${y}" stroke="currentColor" stroke-opacity="0.15"/><text x="${
        area.left - 8
      }" y="${y + 4}" text-anchor="end">${formatValue(value)}</text>`;
    }),
    html`<text x="14" y="${middle}" text-anchor="middle" transform="rotate(-90 14 ${middle})">${plainText(label, 40)}</text>`,
  ];
}

function xAxis(axes: Axes): Html[] {
  const bottom = area.height - area.bottom;
  return [
    html`<line x1="${area.left}" y1="${bottom}" x2="${area.width - area.right}" y2="${bottom}" stroke="currentColor" stroke-opacity="0.5"/>`,
    ...axes.x.ticks.map(
      (value) =>
        html`<text x="${placeX(axes, value)}" y="${bottom + 17}" text-anchor="middle">${formatValue(value)}</text>`,
    ),
    html`<text x="${(area.left + area.width - area.right) / 2}" y="${bottom + 36}" text-anchor="middle">${plainText(axes.x.label, 60)}</text>`,
  ];
}

function round(value: number): number {
  return Number.isFinite(value) ? Math.round(Math.min(1e5, Math.max(-1e5, value)) * 10) / 10 : area.left;
}
