/** The names of all formats, in the order in which they are offered; apart, so that help is told without any writer. */
export const reportFormats = ['json', 'html', 'terminal', 'sarif', 'junit', 'markdown', 'github'] as const

export type ReportFormat = (typeof reportFormats)[number]
