import fc from 'fast-check'

/** A piece of a command: text, or a literal that the server lets come or that comes at once. */
type Token = string | { readonly literal: string; readonly synchronizing: boolean }
/** A command without its tag. Tokens follow each other as they stand, so that spaces are tokens as well. */
export type FuzzCommand = readonly Token[]

const words = fc.constantFrom.bind(fc) as (...all: string[]) => fc.Arbitrary<string>
const folder = words(
  'INBOX',
  'inbox',
  '"[Gmail]/All Mail"',
  '"[Gmail]/Trash"',
  'Work',
  'Work/Deep',
  '"&AMk-t&AOk-"',
  'Nowhere',
  '""',
)
const pattern = words('*', '%', '""', '"[Gmail]/%"', 'R*', 'INBOX')
const numbers = words('1', '2', '1:*', '*', '3:1', '2,4:5,*', '99', '4294967295', '1:4294967295')
const text = fc.oneof(
  words('lunch', '"on Thursday"', '""', '"\\\\Inbox"'),
  fc.record({ literal: words('x', 'lunch', '', '\xc3\xa9', 'a\r\nb NOOP\r\n', ')'), synchronizing: fc.boolean() }),
)
const flag = words('\\Seen', '\\Deleted', '\\Flagged', '\\Draft', '\\Recent', 'Junk', '$Forwarded')
const label = words('Work', '"Work/Deep"', '\\Starred', '"\\\\Important"', '\\Trash', '"zz top"', '&AMk-')
const fetchAtt = words(
  ...[
    'FLAGS',
    'UID',
    'INTERNALDATE',
    'RFC822.SIZE',
    'ENVELOPE',
    'BODYSTRUCTURE',
    'BODY',
    'MODSEQ',
    'X-GM-LABELS',
    'X-GM-THRID',
  ],
  ...[
    'BODY[]',
    'BODY.PEEK[]<0.10>',
    'BODY[1]',
    'BODY.PEEK[1.MIME]',
    'BODY[HEADER.FIELDS (From "To")]',
    'RFC822.HEADER',
    'BODY[TEXT]',
  ],
)
const statusAtt = words('MESSAGES', 'UNSEEN', 'UIDNEXT', 'UIDVALIDITY', 'RECENT', 'HIGHESTMODSEQ', 'APPENDLIMIT')

const parenthesized = (item: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.array(item, { maxLength: 4 }).map((items) => `(${items.join(' ')})`)
/** Parts in their order; what is a list of tokens already is taken apart. */
const sequence = (...parts: readonly (string | fc.Arbitrary<Token | FuzzCommand>)[]): fc.Arbitrary<FuzzCommand> =>
  fc
    .tuple(...parts.map((part) => (typeof part === 'string' ? fc.constant<Token | FuzzCommand>(part) : part)))
    .map((all) => all.flatMap((part) => part))

const { key: searchKey } = fc.letrec<{ key: FuzzCommand }>((tie) => ({
  key: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    words(
      'ALL',
      'UNSEEN',
      'DELETED',
      'NOT SEEN',
      'SINCE 1-Jan-2026',
      'SENTON "13-Jan-2026"',
      'LARGER 100',
      '1:3',
      'UID 2:*',
    ).map((key) => [key]),
    words('MODSEQ 5', 'X-GM-MSGID 7', 'KEYWORD Junk', 'UID 1').map((key) => [key]),
    sequence(words('SUBJECT ', 'FROM ', 'BODY ', 'TEXT ', 'X-GM-RAW ', 'X-GM-LABELS ', 'HEADER To '), text),
    sequence('OR ', tie('key'), ' ', tie('key')),
    sequence('NOT ', tie('key')),
    sequence('(', tie('key'), ' ', tie('key'), ')'),
  ),
}))
const uid = words('', 'UID ')

/** Commands of the grammar, those that change the carrier apart. */
const command: fc.Arbitrary<FuzzCommand> = fc.oneof(
  words(
    'NOOP',
    'CHECK',
    'CAPABILITY',
    'NAMESPACE',
    'CLOSE',
    'UNSELECT',
    'EXPUNGE',
    'XYZZY',
    'IDLE',
    'LOGOUT',
    'FOO',
    'UID',
  ).map((verb) => [verb]),
  words(
    'ID NIL',
    'ID ("name" "x")',
    'ENABLE CONDSTORE UTF8=ACCEPT',
    'GETQUOTA ""',
    'AUTHENTICATE XOAUTH2',
    'LOGIN a b',
    'STARTTLS',
  ).map((verb) => [verb]),
  sequence(words('SELECT ', 'EXAMINE '), folder, words('', ' (CONDSTORE)')),
  sequence(words('CREATE ', 'DELETE ', 'SUBSCRIBE ', 'UNSUBSCRIBE ', 'GETQUOTAROOT '), fc.oneof(folder, text)),
  sequence('RENAME ', folder, ' ', folder),
  sequence(words('LIST ', 'LSUB ', 'XLIST '), words('"" ', 'Work/ '), pattern),
  sequence(
    'LIST ',
    words('() ', '(SUBSCRIBED) ', '(SUBSCRIBED RECURSIVEMATCH) ', '(SPECIAL-USE) '),
    '"" ',
    parenthesized(pattern),
  ),
  sequence(
    'LIST "" ',
    pattern,
    ' RETURN ',
    parenthesized(words('CHILDREN', 'SUBSCRIBED', 'STATUS (MESSAGES UNSEEN)', 'SPECIAL-USE')),
  ),
  sequence('STATUS ', folder, ' ', parenthesized(statusAtt)),
  sequence('APPEND ', folder, words(' ', ' (\\Seen) ', ' (\\Draft) " 1-Jan-2026 10:00:00 +0100" '), text),
  sequence(
    uid,
    'FETCH ',
    numbers,
    ' ',
    fc.oneof(words('ALL', 'FAST', 'FULL'), fetchAtt, parenthesized(fetchAtt)),
    words('', ' (CHANGEDSINCE 3)'),
  ),
  sequence(uid, 'SEARCH ', words('', 'RETURN (MIN COUNT) ', 'RETURN () ', 'CHARSET UTF-8 ', 'CHARSET X '), searchKey),
  sequence(
    uid,
    'STORE ',
    numbers,
    words(' ', ' (UNCHANGEDSINCE 4) '),
    words('+', '-', ''),
    words('FLAGS ', 'FLAGS.SILENT '),
    fc.oneof(flag, parenthesized(flag)),
  ),
  sequence(
    uid,
    'STORE ',
    numbers,
    ' ',
    words('+', '-', ''),
    words('X-GM-LABELS ', 'X-GM-LABELS.SILENT '),
    parenthesized(label),
  ),
  sequence(uid, words('COPY ', 'MOVE '), numbers, ' ', folder),
  sequence('UID EXPUNGE ', numbers),
)

/** What may go wrong in a token; ends of lines and braces apart, which would make another command of it. */
const mutation = fc.record({
  at: fc.nat(),
  place: fc.nat(),
  kind: fc.constantFrom('drop', 'double', 'swap', 'insert', 'cut', 'case') as fc.Arbitrary<string>,
  symbol: words(
    '(',
    ')',
    '"',
    '\\',
    '%',
    '*',
    ' ',
    '\0',
    '\x7f',
    '\xff',
    '[',
    ']',
    '<',
    ':',
    ',',
    '-',
    '&',
    '9'.repeat(30),
    '('.repeat(40),
    'x'.repeat(3000),
  ),
})

const changeText = (
  token: string,
  { kind, place, symbol }: { kind: string; place: number; symbol: string },
): string => {
  const at = place % (token.length + 1)
  if (kind === 'insert') return token.slice(0, at) + symbol + token.slice(at)
  if (kind === 'cut') return token.slice(0, at)
  return kind === 'case' ? token.toLowerCase() : token
}

function mutated(
  tokens: FuzzCommand,
  mutations: readonly { at: number; place: number; kind: string; symbol: string }[],
): FuzzCommand {
  let all = [...tokens]
  for (const mutation of mutations) {
    const at = mutation.at % Math.max(all.length, 1)
    const token = all[at]
    if (token === undefined) break
    if (mutation.kind === 'drop') all = all.toSpliced(at, 1)
    else if (mutation.kind === 'double') all = all.toSpliced(at, 0, token)
    else if (mutation.kind === 'swap') all = [...all.slice(at), ...all.slice(0, at)]
    else if (typeof token === 'string') all = all.with(at, changeText(token, mutation))
  }
  return all
}

const mutatedCommand = fc
  .tuple(command, fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, fc.array(mutation, { maxLength: 3 })))
  .map(([tokens, mutations]) => mutated(tokens, mutations))

/** What one client says in one session: whether it logs in first, and its commands. */
export const commandStream = fc.record({
  loggedIn: fc.oneof({ weight: 9, arbitrary: fc.constant(true) }, fc.constant(false)),
  commands: fc.array(mutatedCommand, { minLength: 1, maxLength: 6 }),
})
