/** What became of a mail at a server on the way (RFC 3464), in RFC 3463's three numbers. */
export interface DeliveryReport {
  /** Nobody tries any longer; else it is late, and still on its way. */
  final: boolean;
  /** 5.1.1 */
  status: string;
}

const statusShape = /^([245]\.\d{1,3}\.\d{1,3})(?!\d)/;

/** The fields of one block, names in small letters, folded lines put together; of a name that stands twice, the first. */
function fieldsOf(block: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of block.replaceAll(/\n[ \t]+/g, ' ').split('\n')) {
    const at = line.indexOf(':');
    const name = line.slice(0, at).trim().toLowerCase();
    if (at > 0 && !fields.has(name)) fields.set(name, line.slice(at + 1).trim());
  }
  return fields;
}

/**
 * Reads a message/delivery-status: a block about the mail, then one for each receiver. Ours have one receiver, who may have passed it on to several; it came back
 * when it failed at any of them. What the server did counts more than its numbers: "4.4.7, failed" means that it gave up after days.
 * @returns null where nothing of that kind is reported: delivered, passed on, or nothing that can be read
 */
export function readReport(text: string): DeliveryReport | null {
  const found = text
    .replaceAll('\r\n', '\n')
    .split(/\n[ \t]*\n/)
    .slice(0, 50)
    .flatMap((block): DeliveryReport[] => {
      const fields = fieldsOf(block);
      const status = statusShape.exec(fields.get('status') ?? '')?.[1];
      const action = /^[a-z]+/.exec((fields.get('action') ?? '').toLowerCase())?.[0];
      if (status === undefined || status.startsWith('2.') || (action !== undefined && action !== 'failed' && action !== 'delayed')) return [];
      return [{ final: action === undefined ? status.startsWith('5.') : action === 'failed', status }];
    });
  return found.find(({ final }) => final) ?? found[0] ?? null;
}
