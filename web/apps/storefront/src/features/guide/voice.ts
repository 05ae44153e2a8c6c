/** Speaking and listening, where the browser can do it by itself. */

type Recognition = {
  lang: string;
  interimResults: boolean;
  onresult: ((event: { results: ArrayLike<ArrayLike<{ transcript: string }>> }) => void) | null;
  onend: (() => void) | null;
  start(): void;
  abort(): void;
};

type Voices = { SpeechRecognition?: new () => Recognition; webkitSpeechRecognition?: new () => Recognition };

const Recogniser = (window as Voices).SpeechRecognition ?? (window as Voices).webkitSpeechRecognition;

export const canListen = Recogniser !== undefined;

export const canSpeak = "speechSynthesis" in window;

const tag = (language: string) => (language === "zh" ? "zh-CN" : "en-GB");

/** Calls back with all that was heard so far; returns how to stop. */
export function listen(language: string, onHeard: (words: string) => void, onEnd: () => void): () => void {
  if (!Recogniser) return onEnd;
  const ear = new Recogniser();
  ear.lang = tag(language);
  ear.interimResults = true;
  ear.onresult = ({ results }) => onHeard(Array.from(results, (result) => result[0]?.transcript ?? "").join(""));
  ear.onend = onEnd;
  ear.start();
  return () => ear.abort();
}

export function readAloud(text: string, language: string, onEnd: () => void): void {
  const words = new SpeechSynthesisUtterance(text);
  words.lang = tag(language);
  words.onend = onEnd;
  words.onerror = onEnd;
  speechSynthesis.cancel();
  speechSynthesis.speak(words);
}

export function beSilent(): void {
  if (canSpeak) speechSynthesis.cancel();
}
