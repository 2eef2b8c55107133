// One line for each test, and a closing line that `scripts/test` counts.
export default async function* report(source) {
  const count = { pass: 0, fail: 0, skip: 0 };
  for await (const event of source) {
    const { data } = event;
    if (event.type === 'test:pass' && data.details?.type !== 'suite') {
      if (data.skip !== undefined) {
        count.skip++;
        yield `skipped  ${data.name}: ${data.skip}\n`;
      } else {
        count.pass++;
        // What takes long is told, so that one sees what a run is made of.
        const seconds = (data.details?.duration_ms ?? 0) / 1000;
        yield `ok       ${data.name}${seconds >= 5 ? ` (${seconds.toFixed(0)} s)` : ''}\n`;
      }
    } else if (event.type === 'test:fail' && data.todo !== undefined) {
      // Known to be open, and said so beside the test: neither passed nor failed.
      count.skip++;
      yield `open     ${data.name}: ${data.todo}\n`;
    } else if (event.type === 'test:fail' && data.details?.type !== 'suite') {
      count.fail++;
      const cause = data.details?.error?.cause ?? data.details?.error;
      yield `FAILED   ${data.name}\n${String(cause?.stack ?? cause)
        .split('\n')
        .map((line) => `         ${line}`)
        .join('\n')}\n`;
    } else if (event.type === 'test:stderr' || event.type === 'test:stdout') yield data.message;
  }
  yield `${count.pass} passed, ${count.fail} failed, ${count.skip} skipped\n`;
}
