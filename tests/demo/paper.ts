/** One printed page as a PDF: enough for any reader to open. */
export function paper(lines: readonly string[]): Buffer {
  const text = lines.map((line, at) => `BT /F1 ${at === 0 ? 16 : 11} Tf 60 ${760 - at * 22} Td (${line.replace(/[\\()]/g, '\\$&')}) Tj ET`).join('\n')
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${Buffer.byteLength(text, 'latin1')} >>\nstream\n${text}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
  ]
  let body = '%PDF-1.4\n'
  const offsets = objects.map((object, at) => {
    const offset = Buffer.byteLength(body, 'latin1')
    body += `${at + 1} 0 obj\n${object}\nendobj\n`
    return String(offset).padStart(10, '0')
  })
  const table = [`xref\n0 ${objects.length + 1}`, '0000000000 65535 f ', ...offsets.map(offset => `${offset} 00000 n `)].join('\n')
  return Buffer.from(`${body}${table}\ntrailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${Buffer.byteLength(body, 'latin1')}\n%%EOF\n`, 'latin1')
}
