package dev.sluice.deploy.key;

import dev.sluice.deploy.DeployException;

/** Says what is wrong with a written key. The place is the beginning of the sentence; no message holds a value. */
final class KeyErrors {

    private static final String AS_JSON = "Write the key as a JSON array of texts, for example [\"New York\",\"a,b\"].";

    private KeyErrors() {}

    static DeployException noKey(String place) {
        return new DeployException(
                "DEP-420",
                place
                        + " has no key: a key has at least one part. Write the key, for example 7 or 7,9; a key that is"
                        + " an empty text is written [\"\"].");
    }

    static DeployException emptyPart(String place) {
        return new DeployException(
                "DEP-421",
                place + " has an empty part: a comma stands at the beginning, at the end or beside another comma."
                        + " Remove the comma, or write a key with an empty text as JSON, for example [\"7\",\"\"].");
    }

    static DeployException notShort(String place, int position) {
        return new DeployException(
                "DEP-422",
                place + " has a key that the short form does not take; see character " + position + " of the key. The"
                        + " short form takes letters, digits, . _ - + / : @ and a comma between two parts; it does not"
                        + " begin with @, and with - only before a digit. " + AS_JSON);
    }

    static DeployException notJson(String place, long position) {
        return new DeployException(
                "DEP-423",
                place + " has a key that begins as a JSON array and is not one; see character " + position + " of the"
                        + " key. JSON wants double quotes around each text, \\\" and \\\\ for a quote and a backslash"
                        + " in a text, commas between texts only and nothing after the last bracket. " + AS_JSON);
    }

    static DeployException notAPart(String place, int number) {
        return new DeployException(
                "DEP-424",
                place + " has a key whose part " + number + " is neither a text nor a number. A part is not null, true,"
                        + " false, an array or an object. " + AS_JSON);
    }

    static DeployException notUnicode(String place) {
        return new DeployException(
                "DEP-425",
                place + " is not valid Unicode: it has half a surrogate pair, or bytes that are not UTF-8. No key in a"
                        + " source has such a text. Write the key in UTF-8.");
    }

    static DeployException notAPerson(String place) {
        return new DeployException(
                "DEP-426",
                place + " is not a person. Write KIND:KEY, for example customer:7, with a kind of the policy's catalog"
                        + " and the key as the source has it.");
    }

    /** Names the class of the cause only: the message of the cause names the file, and the name may be a key. */
    static DeployException unreadable(String place, Exception cause) {
        return new DeployException(
                "DEP-427",
                place + " names a file or standard input, which cannot be read ("
                        + cause.getClass().getSimpleName() + "). Write the path of a readable file after"
                        + " the @; a key that begins with @ is written as JSON, for example [\"@a\"].");
    }

    static DeployException tooLarge(String place, int megabytes) {
        return new DeployException(
                "DEP-427",
                place + " names more than " + megabytes + " MiB of keys. Split the file and call the command for each"
                        + " piece.");
    }

    static DeployException notOne(String name, int found) {
        return new DeployException(
                "DEP-428",
                "There are " + found + " keys in " + name + ", and the command takes one. Leave one line that is not"
                        + " empty and does not begin with #.");
    }

    static DeployException lostCharacters(String place) {
        return new DeployException(
                "DEP-429",
                place + " has a character that was lost on its way: the locale of this shell cannot pass it on. Set"
                        + " LC_ALL=C.UTF-8, or write the key to a file in UTF-8 and name it with @FILE; the character"
                        + " U+FFFD itself is written \\ufffd in a JSON array.");
    }
}
