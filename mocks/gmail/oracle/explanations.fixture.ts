import type { Explanation } from './comparison.fixture.ts'

const is = (ours: string, dovecot: string) => (own: string, reference: string) => own === ours && reference === dovecot
const any = (): boolean => true
const textOf = (json: string): string => {
  const value: unknown = json === 'absent' ? null : JSON.parse(json)
  return typeof value === 'string' ? value : ''
}
const isMore =
  (suffix: string) =>
  (ours: string, dovecot: string): boolean =>
    textOf(dovecot) === textOf(ours) + suffix
const isMoreBy = (octets: number) => (ours: string, dovecot: string) =>
  Number(textOf(dovecot)) - Number(textOf(ours)) === octets
const oneOf = (...names: readonly string[]): RegExp => new RegExp(`^(?:${names.join('|')})$`)
const inOneSpace = (json: string): string => json.replace(/(?:\\t| )+/g, ' ')

/** Where they were not told the same, Dovecot told nothing. */
const toldMore = (ours: string, dovecot: string): boolean => {
  const [own, reference] = [JSON.parse(ours) as unknown[], JSON.parse(dovecot) as unknown[]]
  return own.length === reference.length && reference.every((flags, index) => flags === null || flags === own[index])
}

const withoutParts = oneOf(
  ...['no-boundary-parameter', 'empty-boundary', 'boundary-never-occurs', 'only-closing-boundary'],
  ...['multipart-header-only', 'boundary-line-at-once'],
)
const defaultCharset = (ours: string, dovecot: string): boolean => {
  const own = ours === 'absent' ? [] : ((JSON.parse(ours) as string[] | null) ?? [])
  return dovecot === JSON.stringify([...own, 'charset', 'us-ascii'])
}

/** What differs in the answers to FETCH. */
const fetched: readonly Explanation[] = [
  {
    what: 'Gmail ends a body with its language and tells no location',
    because:
      'captured answers in github.com/jstedfast/MailKit issue 371; RFC 3501 §9, body-ext-1part: it may be left out',
    item: /^BODYSTRUCTURE\S* location$/,
    holds: (ours) => ours === 'absent',
    count: 324,
  },
  {
    what: 'Gmail tells no charset that the message does not name',
    because: 'captured answer in the tests of the package imap-handler; RFC 2045 §5.2: it is implied',
    item: /^(?:FULL: )?BODY(?:STRUCTURE)?\S* parameters$/,
    holds: defaultCharset,
    count: 426,
  },
  {
    what: 'Gmail says NIL of a section that does not exist, and of the header and text of what is no message',
    because: 'captured answer in github.com/mscdex/node-imap issue 184; RFC 3501 §4.5: NIL is what does not exist',
    item: /^(?:reading: )?BODY\[/,
    holds: is('null', '""'),
    count: 1367,
  },
  {
    what: 'a part that holds no parts has no part 1; Dovecot gives the part itself',
    because: 'RFC 3501 §6.4.5: only a message that is no multipart has a part 1 that is its own body',
    item: /^BODY\[[\d.]+\.1(?:\.MIME)?\]/,
    holds: (ours) => ours === 'null',
    count: 370,
  },
  {
    what: 'a multipart without a part has none here, and one empty text in Dovecot',
    because: 'captured answers in github.com/jstedfast/MailKit issues 371 and 1841: ("ALTERNATIVE")',
    subject: withoutParts,
    item: /^(?:(?:FULL: )?BODY(?:STRUCTURE)?\.1 |(?:reading: )?BODY\[1)/,
    holds: (ours) => ours === 'absent' || ours === 'null',
    count: 132,
  },
  {
    what: 'Dovecot counts the line break before an outer delimiter to the multipart that ended before it',
    because: 'RFC 2046 §5.1.1: the line break belongs to the delimiter that follows',
    subject:
      /^(?:five-levels|enclosed|enclosed-encoded|enclosed-cut-in-header|mixed-digest|.*-begins-with-.*|same-boundary-twice)$/,
    item: /^(?:reading: )?BODY\[[\d.]+(?:\.TEXT|\.HEADER\.FIELDS \(SUBJECT FROM\))?\]$/,
    holds: isMore('\r\n'),
    count: 19,
  },
  {
    what: 'the same in octets',
    because: 'RFC 2046 §5.1.1: the line break belongs to the delimiter that follows',
    item: /^(?:FULL: )?BODY(?:STRUCTURE)?\S* octets$/,
    holds: isMoreBy(2),
    count: 9,
  },
  {
    what: 'the same in lines',
    because: 'RFC 2046 §5.1.1: the line break belongs to the delimiter that follows',
    item: /^(?:FULL: )?BODY(?:STRUCTURE)?\S* lines$/,
    holds: isMoreBy(1),
    count: 9,
  },
  {
    what: 'Dovecot reads a delimiter that cuts a header as a line of the header',
    because: 'RFC 2046 §5.1: a delimiter line is no part of any body part',
    subject: oneOf('enclosed-encoded', 'enclosed-cut-in-header'),
    item: /^BODY\[1\.HEADER\.FIELDS\.NOT /,
    holds: (_, dovecot) => textOf(dovecot).endsWith('--b--\r\n'),
    count: 6,
  },
  {
    what: 'Dovecot ends chosen fields with an empty line that the message does not have',
    because: 'RFC 3501 §6.4.5: except in the case of a message which has no body and no blank line',
    subject: oneOf('header-without-end', 'header-without-line-end', 'empty-parts'),
    item: /^BODY\[(?:5\.)?HEADER\.FIELDS(?:\.NOT)? /,
    holds: isMore('\r\n'),
    count: 12,
  },
  {
    what: 'Dovecot cuts a boundary of more than 80 characters, and takes its last delimiter for one more part',
    because: 'RFC 2046 §5.1.1: such a boundary is too long, but it is this one',
    subject: oneOf('long-boundary'),
    item: /^(?:FULL: )?BODY(?:STRUCTURE)?\.2 /,
    holds: (ours) => ours === 'absent',
    count: 21,
  },
  {
    what: 'an ill-formed Content-Type means plain text; Dovecot tells as much of it as it could read',
    because: 'RFC 2045 §5.2',
    subject: oneOf('bad-content-type', 'bad-content-type-2', 'empty-content-fields'),
    item: /^(?:FULL: )?BODY(?:STRUCTURE)? (?:type|lines)$/,
    holds: (ours) => ours === '"text/plain"' || ours === '"1"',
    count: 15,
  },
  {
    what: 'an empty Content-Disposition is none; Dovecot tells an empty type',
    because: 'RFC 2183 §2: the type is a token, which is not empty',
    subject: oneOf('empty-content-fields'),
    item: /disposition$/,
    holds: is('null', '["",null]'),
    count: 1,
  },
  {
    what: 'a parameter whose quotation mark is missing is read to its end; Dovecot drops it',
    because: 'RFC 2045 §5.1 says nothing of it; what can be read helps its reader',
    subject: oneOf('parameter-oddities'),
    item: /^BODYSTRUCTURE\.6 disposition$/,
    holds: any,
    count: 1,
  },
  {
    what: 'unfolding takes the line breaks away and leaves the white space; Dovecot makes one space of it',
    because: 'RFC 5322 §2.2.3',
    subject: oneOf('folded-addresses', 'quoted-names', 'control-characters'),
    item: /ENVELOPE (?:subject|to)$/,
    holds: (ours, dovecot) => inOneSpace(ours) === inOneSpace(dovecot),
    count: 9,
  },
  {
    what: 'the space before a folded value is not of the value',
    because: 'RFC 5322 §2.2.3; of a value on the first line Dovecot drops it too',
    subject: oneOf('folded-addresses'),
    item: /ENVELOPE message-id$/,
    holds: (ours, dovecot) => textOf(dovecot) === ` ${textOf(ours)}`,
    count: 3,
  },
  {
    what: 'of fields that may occur once the first counts; in Dovecot the last',
    because: 'RFC 5322 §3.6 allows only one',
    subject: oneOf('two-of-each'),
    item: /ENVELOPE (?:date|subject|message-id)$/,
    holds: any,
    count: 9,
  },
  {
    what: 'what is missing of an address is empty, and empty elements are none; Dovecot has words for it',
    because: 'RFC 3501 §7.4.2 knows no such words; RFC 5322 §4.4: elements of a list may be empty',
    item: /ENVELOPE /,
    holds: (_, dovecot) => /MISSING_|SYNTAX_ERROR/.test(dovecot),
    count: 39,
  },
  {
    what: 'what is no address is shown as far as it can be read; Dovecot stops at the second @',
    because: 'RFC 5322 §3.4 has no meaning for it',
    subject: oneOf('broken-addresses'),
    item: /ENVELOPE cc$/,
    holds: any,
    count: 3,
  },
  {
    what: 'octets stay as they were stored; Dovecot ends every line with CR LF, and drops a CR before that',
    because: 'RFC 3501 §2.2 and RFC 5322 §2.3 allow neither in a message; what is told must be what is there',
    subject: oneOf('bare-line-feeds', 'bare-carriage-returns'),
    item: /RFC822|BODY/,
    holds: any,
    count: 37,
  },
]

/** What differs in the answers to SEARCH. */
const searched: readonly Explanation[] = [
  {
    what: 'a message without a date was not sent before any; for Dovecot it was sent in 1970',
    because: 'RFC 3501 §6.4.4: whose Date field is earlier than the specified date',
    item: /SEARCH SENTBEFORE /,
    holds: is('not', 'found'),
    count: 440,
  },
  {
    what: 'the header of an enclosed message is in the body of the message that holds it; Dovecot leaves it out',
    because: 'RFC 3501 §6.4.4: in the body of the message',
    subject: /^(?:enclosed.*|digest|mixed-digest|generated-.*)$/,
    item: /SEARCH BODY /,
    holds: is('found', 'not'),
    count: 48,
  },
  {
    what: 'what cannot be taken apart or decoded is searched as it stands; Dovecot does not search it',
    because: 'RFC 2045 §5.2 for an ill-formed type; RFC 2046 §5.1.7 for a multipart; RFC 3501 §6.4.4',
    subject:
      /^(?:no-boundary-parameter|boundary-never-occurs|only-closing-boundary|bad-.*|empty-content-fields|two-content-types)$/,
    item: /SEARCH BODY /,
    holds: is('found', 'not'),
    count: 16,
  },
  {
    what: 'an address whose name holds a control character is found; Dovecot reads no address there',
    because: 'RFC 5322 §4.1: obsolete, and to be read',
    subject: oneOf('control-characters'),
    item: /SEARCH FROM EXAMPLE\.COM$/,
    holds: is('found', 'not'),
    count: 2,
  },
  {
    what: 'a name is searched without the backslashes that quote in it',
    because: 'RFC 3501 §6.4.4: in the envelope structure’s field',
    subject: oneOf('quoted-names'),
    item: /SEARCH FROM "\\"JD\\""$/,
    holds: is('found', 'not'),
    count: 2,
  },
  {
    what: 'the white space of a folded subject stays; Dovecot makes one space of it',
    because: 'RFC 5322 §2.2.3',
    subject: oneOf('folded-addresses'),
    item: /SEARCH SUBJECT "folded twice"$/,
    holds: is('not', 'found'),
    count: 2,
  },
  {
    what: '`9000:*` holds the last message however few there are; Dovecot finds none by number, and does by UID',
    because: 'RFC 3501 §9, seq-range: the order of the two does not matter',
    subject: oneOf('one-megabyte'),
    item: /SEARCH 9000:\*$/,
    holds: is('found', 'not'),
    count: 2,
  },
  {
    what: 'a 32nd of January is refused; Dovecot finds nothing on it',
    because: 'RFC 3501 §9, date-day: day of month',
    item: /SEARCH SINCE 32-Jan-2026$/,
    holds: (ours, dovecot) => ours.startsWith('BAD') && dovecot.startsWith('OK'),
    count: 2,
  },
]

/** What differs in the answers to commands that change something, or that name a folder. */
const done: readonly Explanation[] = [
  {
    what: 'Gmail has a response code for a folder that is not there',
    because: 'captured answer: NO [NONEXISTENT] Unknown folder.; RFC 5530 §3',
    item: /^(?:STATUS|SELECT|EXAMINE|DELETE|RENAME) .* \| code$/,
    holds: is('NONEXISTENT', ''),
    count: 56,
  },
  {
    what: 'there is a response code for what can never be done',
    because: 'RFC 5530 §3, CANNOT',
    item: /^DELETE INBOX \| code$/,
    holds: is('CANNOT', ''),
    count: 3,
  },
  {
    what: 'of two reasons to refuse a RENAME each server names another',
    because: 'RFC 3501 §6.3.5: it is an error to rename from a name that does not exist, or to one that does',
    item: /^RENAME \S+ \S+ \| code$/,
    holds: is('NONEXISTENT', 'ALREADYEXISTS'),
    count: 9,
  },
  {
    what: 'STORE tells the flags of every message that it names; Dovecot of those that it changed',
    because: 'RFC 3501 §6.4.6: the new value of the flags is returned as if a FETCH of those flags was done',
    item: /^(?:UID )?STORE [\d:,*]+ [+-]?FLAGS \(.*\| told$/,
    holds: toldMore,
    count: 35,
  },
  {
    what: 'the flags of messages that a conditional STORE left alone are told; Dovecot leaves that to the client',
    because: 'RFC 7162 §3.1.3, examples 9 and 10, show both',
    item: /^(?:UID )?STORE [\d:,*]+ [+-]?FLAGS\.SILENT \(.*\| told$/,
    holds: toldMore,
    count: 6,
  },
  {
    what: 'an examined mailbox refuses STORE; Dovecot says OK and stores nothing',
    because: 'RFC 3501 §6.4.6: NO, can’t store that data; §6.3.2: no changes are permitted',
    item: /^(?:UID )?STORE .* \| (?:condition|code)$/,
    holds: (ours, dovecot) => ['NO,OK', 'READ-ONLY,'].includes(`${ours},${dovecot}`),
    count: 3,
  },
  {
    what: 'an examined mailbox refuses EXPUNGE; Dovecot lets it pass where there is nothing to expunge',
    because: 'RFC 3501 §6.4.3: NO, can’t expunge (e.g., permission denied); §6.3.2: no changes are permitted',
    item: /^(?:UID )?EXPUNGE.* \| (?:condition|code)$/,
    holds: (ours, dovecot) => ['NO,OK', 'READ-ONLY,'].includes(`${ours},${dovecot}`),
    count: 16,
  },
]

/** Every difference that stays. */
export const explanations: readonly Explanation[] = [...fetched, ...searched, ...done]
