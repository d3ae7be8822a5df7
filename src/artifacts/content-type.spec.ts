import { contentTypeOf } from './content-type';

describe('the content type of an artifact', () => {
  it.each([
    ['a/plot.png', 'image/png'],
    ['a.PNG', 'image/png'],
    ['model/MLmodel', 'text/plain; charset=utf-8'],
    ['page.html', 'text/plain; charset=utf-8'],
    ['script.js', 'text/plain; charset=utf-8'],
    ['data.json', 'application/json'],
    ['model.pkl', 'application/octet-stream'],
    ['png', 'image/png'],
    ['noextension', 'application/octet-stream'],
    ['x.constructor', 'application/octet-stream'],
    ['x.__proto__', 'application/octet-stream'],
  ])('of %s is %s', (path, type) => {
    expect(contentTypeOf(path)).toBe(type);
  });
});
