import { createHash } from 'node:crypto';

/** The pages' stylesheet: light and dark, wide and narrow; served as a file because the policy allows nothing inline. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --ground: #f6f7f9; --card: #ffffff; --ink: #1b1f27; --soft: #545d6c; --line: #d8dde5; --accent: #1856c4; --accent-ink: #ffffff;
  --good: #146c3a; --good-ground: #e2f4e9; --bad: #ad1f2d; --bad-ground: #fce8ea; --warn: #7a4d00; --warn-ground: #fdf1d8;
  --info: #1856c4; --info-ground: #e5eefc; --code: #eef1f5;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14171c; --card: #1c2027; --ink: #e7eaf0; --soft: #a5aebd; --line: #343b47; --accent: #86b1ff; --accent-ink: #10141b;
    --good: #7fd6a2; --good-ground: #17352a; --bad: #ff9aa3; --bad-ground: #40212a; --warn: #f2c56b; --warn-ground: #3a2f18;
    --info: #9dc0ff; --info-ground: #1d2f4f; --code: #262c36;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 1rem; top: .5rem; background: var(--card); padding: .5rem 1rem; z-index: 1; }
.top { background: var(--card); border-bottom: 1px solid var(--line); }
.top > div, main, footer { max-width: 84rem; margin: 0 auto; padding: 0 1.25rem; }
.top > div { display: flex; flex-wrap: wrap; align-items: center; gap: .35rem 1.5rem; min-height: 3.5rem; padding-top: .5rem; padding-bottom: .5rem; }
.brand { font-weight: 700; color: var(--ink); text-decoration: none; overflow-wrap: anywhere; }
.brand span { color: var(--soft); font-weight: 400; }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1.1rem; }
nav a { text-decoration: none; padding: .3rem 0; border-bottom: 2px solid transparent; }
nav a:hover { border-color: var(--line); }
nav a[aria-current] { color: var(--ink); font-weight: 600; border-color: var(--accent); }
.top form { margin-left: auto; }
main { padding-top: 1.5rem; padding-bottom: 3rem; }
footer { color: var(--soft); font-size: .875rem; padding-bottom: 2rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .75rem; overflow-wrap: anywhere; }
h2 { font-size: 1.2rem; margin: 0 0 .75rem; }
h3 { font-size: 1rem; margin: 1rem 0 .5rem; }
p { margin: 0 0 .75rem; max-width: 46rem; }
.soft { color: var(--soft); }
.small { font-size: .875rem; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1.1rem 1.25rem; margin: 0 0 1.25rem; }
.card > :last-child { margin-bottom: 0; }
.narrow { max-width: 36rem; }
.grid { display: grid; gap: 0 1.25rem; grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr)); align-items: start; }
.scroll { overflow-x: auto; }
.scroll + .scroll { margin-top: 1.25rem; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--soft); padding-bottom: .5rem; }
th, td { text-align: left; vertical-align: top; padding: .5rem .75rem .5rem 0; border-bottom: 1px solid var(--line); overflow-wrap: break-word; }
th:last-child, td:last-child { padding-right: 0; }
thead th { color: var(--soft); font-size: .85rem; font-weight: 600; white-space: nowrap; }
tbody tr:last-child > * { border-bottom: 0; }
.number { text-align: right; white-space: nowrap; }
.nowrap, .nowrap code { white-space: nowrap; }
.wide { min-width: 16rem; }
tbody th { min-width: 7rem; }
dl { display: grid; grid-template-columns: minmax(7rem, max-content) 1fr; gap: .35rem 1.25rem; margin: 0 0 .75rem; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
code, pre, .code { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; font-size: .9em; }
code { background: var(--code); border-radius: 4px; padding: .1em .35em; overflow-wrap: anywhere; }
pre { background: var(--code); border-radius: 8px; padding: .85rem 1rem; margin: 0 0 .75rem; overflow-x: auto; }
pre code { background: none; padding: 0; overflow-wrap: normal; }
label { display: block; font-weight: 600; margin: 0 0 .25rem; }
label .soft { font-weight: 400; }
.check { font-weight: 400; display: flex; gap: .5rem; align-items: baseline; }
.field { margin: 0 0 1rem; max-width: 30rem; }
input:not([type=checkbox]), select { width: 100%; font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--soft); border-radius: 6px; padding: .45rem .6rem; }
button, .button { display: inline-block; font: inherit; font-weight: 600; cursor: pointer; text-decoration: none; color: var(--accent-ink); background: var(--accent); border: 1px solid var(--accent); border-radius: 6px; padding: .45rem 1rem; }
button.plain { color: var(--accent); background: transparent; border-color: var(--line); }
button.danger { color: var(--bad); background: transparent; border-color: var(--bad); }
button.small { padding: .15rem .6rem; font-size: .875rem; }
button:hover, .button:hover { filter: brightness(1.08); }
.badge { display: inline-flex; gap: .35em; align-items: baseline; border-radius: 99px; padding: .05rem .6rem; font-size: .85rem; font-weight: 600; white-space: nowrap; background: var(--code); color: var(--soft); }
.good { background: var(--good-ground); color: var(--good); }
.bad { background: var(--bad-ground); color: var(--bad); }
.warn { background: var(--warn-ground); color: var(--warn); }
.info { background: var(--info-ground); color: var(--info); }
.note { border-radius: 8px; border-left: 4px solid currentColor; padding: .7rem 1rem; margin: 0 0 1.25rem; overflow-wrap: anywhere; }
.note > :last-child { margin-bottom: 0; }
.note code { color: var(--ink); }
.empty { color: var(--soft); padding: 1.5rem 0; text-align: center; }
svg { max-width: 100%; height: auto; }
@media (max-width: 40rem) {
  main { padding-top: 1rem; }
  dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: .5rem; }
}
@media print { .top form, nav, .skip { display: none; } .card { break-inside: avoid; } }
`.trim();

/** Changes with the stylesheet, so that browsers may keep it for good. */
export const pageStyleVersion = createHash('sha256').update(pageStyle).digest('hex').slice(0, 12);
