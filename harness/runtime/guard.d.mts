export declare function unsupported(versions: Readonly<Record<string, string | undefined>>): string | undefined
export declare const remedy: string
export declare function guarded(program: () => unknown): unknown
