/** How a request for one of the mocked hosts is answered. */
export type Answerer = (request: Request) => Promise<Response>

/** Stands before the mocks and changes what they hear or say: how a mock is broken on purpose. */
export type Alteration = (answer: Answerer) => Answerer
