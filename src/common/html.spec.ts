import fc from 'fast-check';
import { html } from './html';

describe('html', () => {
  it('escapes text and attributes', () => {
    expect(html`<a title="${'"><script>'}">${"<b>&'`"}</a>`.markup).toBe(
      '<a title="&quot;&gt;&lt;script&gt;">&lt;b&gt;&amp;&#39;&#96;</a>',
    );
  });

  it('keeps nested templates, joins lists and leaves out nothing', () => {
    const items = ['a', '<'].map((item) => html`<li>${item}</li>`);
    expect(html`<ul>${items}${undefined}${null}${false}${0}</ul>`.markup).toBe('<ul><li>a</li><li>&lt;</li>0</ul>');
  });

  it('lets no text break out, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const inside = html`${text}`.markup;
        expect(inside).not.toMatch(/[<>"'`]/);
        expect(inside.replace(/&(amp|lt|gt|quot|#39|#96);/g, '')).not.toContain('&');
      }),
    );
  });
});
