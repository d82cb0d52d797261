import { promisify, promisifyAll } from 'anyasync';
import { expect, test } from 'vitest';
import xml2js, { type Parser } from 'xml2js';
import { ending, testHost } from './host.js';

type Parse = (xml: string, done: (error: Error | null, result: any) => void) => unknown;
const xml = '<a><b>1</b><b>2</b></a>';
const parsed = { a: { b: ['1', '2'] } };
const parse = promisify(xml2js.parseString as Parse);
/** A parser that works in pieces returns a parser below it, which has a close(). */
const inPieces = () => new xml2js.Parser({ async: true, chunkSize: 8 });

testHost<Parser>({
  name: 'xml2js 0.6.2',
  converted: 'promisify(parser.parseString.bind(parser))',
  open: () => inPieces(),
  same: [
    ['a document', () => parse(xml), () => xml2js.parseStringPromise(xml)],
    ['an error', () => parse('<a></b>'), () => xml2js.parseStringPromise('<a></b>')],
    ['nothing', () => parse(''), () => xml2js.parseStringPromise('')],
  ],
  fast: true,
  slow: (_, options) => {
    const parser = inPieces();
    return promisify(parser.parseString.bind(parser) as Parse).with(options)(xml);
  },
  works: async (parser) => {
    expect(await promisify(parser.parseString.bind(parser) as Parse)(xml)).toEqual(parsed);
    expect(parser.listenerCount('error')).toBe(0);
  },
  more() {
    test('an error and what comes after it: one rejection', async () => {
      expect(await ending(() => parse('<a></b></c>'))).toMatchObject({
        message: expect.stringContaining('Unexpected close tag'),
      });
    });

    test('a parser that is left in the middle of its document parses to the end, and the next one', async () => {
      const parser = inPieces();
      const view = promisifyAll(parser);
      const controller = new AbortController();
      const call = ending(() =>
        promisify(parser.parseString.bind(parser) as Parse).with({ signal: controller.signal })(xml),
      );
      const ended = new Promise((resolve) => parser.once('end', resolve));
      controller.abort(new Error('left'));
      expect(await call).toMatchObject({ message: 'left' });
      expect(await ended).toEqual(parsed);
      expect(await view.parseStringAsync(xml)).toEqual(parsed);
    });
  },
});
