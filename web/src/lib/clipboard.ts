// What goes to the clipboard: also where the browser keeps its own way to those pages that came encrypted.

/** Copies as one does by hand; `fill` puts in what is copied. */
function byHand(fill: (data: DataTransfer) => void): void {
  const copy = (event: ClipboardEvent): void => {
    event.preventDefault();
    event.stopImmediatePropagation();
    if (event.clipboardData) fill(event.clipboardData);
  };
  document.addEventListener('copy', copy, { capture: true, once: true });
  document.execCommand('copy');
  document.removeEventListener('copy', copy, { capture: true });
}

const clipboard = (): Clipboard | undefined => (navigator as Partial<Navigator>).clipboard;

export async function copyText(text: string): Promise<void> {
  const own = clipboard();
  if (own) await own.writeText(text);
  else byHand((data) => data.setData('text/plain', text));
}

export async function copyRich(html: string, plain: string): Promise<void> {
  const own = clipboard();
  if (!own) {
    byHand((data) => {
      data.setData('text/html', html);
      data.setData('text/plain', plain);
    });
    return;
  }
  await own.write([
    new ClipboardItem({
      'text/html': new Blob([html], { type: 'text/html' }),
      'text/plain': new Blob([plain], { type: 'text/plain' }),
    }),
  ]);
}
