// What the extension decides, without VS Code: which program runs with which arguments, which documents it is asked
// about, and how the list of facts is summed up. Tested with node's own test runner.

import * as path from "node:path";

/** The settings, as they are in VS Code. */
export interface Settings {
    path: string;
    rules: string[];
    languages: string[];
}

/** What a setting can name. */
export interface Place {
    home: string;
    workspaceFolder: string | undefined;
}

const LANGUAGES = ["markdown", "plaintext", "html"];

/** A path of the settings: `~` at its start and `${workspaceFolder}` filled in. */
export function fill(text: string, place: Place): string {
    const home = /^~(?=$|[\\/])/.test(text) ? place.home + text.slice(1) : text;
    return home.replaceAll("${workspaceFolder}", () => place.workspaceFolder ?? "");
}

/** The program and its arguments. A relative folder of rules is one of the workspace. */
export function command(settings: Settings, place: Place): { command: string; args: string[] } {
    const rules = settings.rules.flatMap((rule) => {
        const filled = fill(rule, place);
        const whole = path.isAbsolute(filled) || !place.workspaceFolder ? filled : path.join(place.workspaceFolder, filled);
        return ["--rules", whole];
    });
    const program = fill(settings.path.trim(), place);
    return { command: program === "" ? "factlint" : program, args: ["lsp", ...rules] };
}

/** Which documents the server is asked about: drafts, and the YAML files that it checks as they are written. */
export function selector(settings: Settings): { scheme: string; language?: string; pattern?: string }[] {
    const drafts = settings.languages.filter((language) => LANGUAGES.includes(language));
    const documents: { scheme: string; language?: string; pattern?: string }[] = [];
    for (const language of new Set(drafts)) {
        documents.push({ scheme: "file", language }, { scheme: "untitled", language });
    }
    documents.push({ scheme: "file", language: "yaml", pattern: "**/{factlint.yaml,rules/**/*.yaml}" });
    return documents;
}

/** The answer to the command `factlint.facts`, as far as it is used here. */
export interface Facts {
    markdown: string;
    list: { summary: Record<string, number> };
}

/** Is an answer of the server a list of facts? */
export function isFacts(answer: unknown): answer is Facts {
    const facts = answer as Partial<Facts> | null | undefined;
    return typeof facts?.markdown === "string" && typeof facts.list?.summary === "object";
}

/** The list in a line. */
export function summary(facts: Facts): string {
    const counts = facts.list.summary;
    const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
    const wrong = counts["contradicts"] ?? 0;
    return `${all} ${all === 1 ? "fact" : "facts"}, ${wrong} contradicted`;
}

/** What to tell where the server does not start. */
export function failure(command: string, error: unknown): string {
    const reason = error instanceof Error ? error.message : String(error);
    const missing = (error as { code?: string } | null)?.code === "ENOENT" || reason.includes("ENOENT");
    return missing
        ? `factlint was not found at “${command}”. Install it, or set factlint.path.`
        : `factlint did not start: ${reason}`;
}
