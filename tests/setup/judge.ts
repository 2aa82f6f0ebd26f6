import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, test } from 'vitest';

/** What a program answered. */
interface Answer {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** A program that shares no code with us and judges what we make. */
export interface Judge {
  /** Where the program is; its name where it is not. */
  program: string;
  /**
   * A group of tests that need the program. Without it the group is skipped, its name saying how to install
   * the program; with REQUIRE_TOOLS=1 it fails instead.
   */
  describe(name: string, tests: () => void): void;
  /** Runs the program and waits for it. Whatever it answers is an answer: the test looks at it. */
  run(parameters: string[], input?: string | Uint8Array): Answer;
}

/**
 * Finds a program on the path, for tests to be judged by.
 *
 * @param install the command that installs it on Debian, such as `apt-get install oathtool`
 * @param part a file that it is of no use without
 */
export function judge(tool: string, install: string, part?: string): Judge {
  const isWhole = part === undefined || existsSync(part);
  const path = isWhole ? findOnPath(tool, `${process.env.PATH}${delimiter}/usr/sbin`) : undefined;
  return {
    program: path ?? tool,
    describe: (name, tests) => {
      const title = `${name} (judged by ${tool})`;
      if (path) return describe(title, tests);
      const missing = `${title}: ${tool} is missing; ${install}`;
      if (process.env.REQUIRE_TOOLS !== '1') return describe.skip(missing, tests);
      return describe(missing, () => {
        test(`${tool} is installed`, () => {
          throw new Error(`REQUIRE_TOOLS=1, but ${tool} is not installed; ${install}`);
        });
      });
    },
    run: (parameters, input) => {
      const answer = spawnSync(path ?? tool, parameters, { encoding: 'utf8', ...(input && { input }) });
      if (answer.error) throw answer.error;
      return answer;
    },
  };
}

/** The first program of a name on a search path, as the shell would find it. */
export function findOnPath(tool: string, searchPath: string): string | undefined {
  const candidates = searchPath.split(delimiter).map((folder) => join(folder, tool));
  return candidates.find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
