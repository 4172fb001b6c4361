/** The one label that is written in. */
export const labelName = 'oauth-imap-conformance'

/** Who made a message, and which one it is. */
export const markField = 'X-OAuth-IMAP-Conformance'

/** A message that means nothing to anybody, each line of which something on the way might change. */
export const ownMessage = (mark: string, now: number): string =>
  [
    'From: oauth-imap <conformance@oauth-imap.invalid>',
    'To: undisclosed-recipients:;',
    'Subject: Written by oauth-imap, and removed again',
    `Date: ${new Date(now).toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${mark}@oauth-imap.invalid>`,
    `${markField}: ${mark}`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=us-ascii',
    '',
    'oauth-imap live --write made this message to see it come back as it is.',
    'From here on a line might be quoted, ',
    '.',
    '..',
    '\tand blanks at an end might go. \t ',
    '',
  ].join('\r\n')

/** The mark in a header, folded or not; undefined where there is none. */
export const markIn = (header: string): string | undefined =>
  new RegExp(`^${markField}:\\s*(\\S+)\\s*$`, 'im').exec(header.replaceAll(/\r\n(?=[ \t])/g, ''))?.[1]
