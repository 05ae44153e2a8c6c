// Generated from contracts/openapi.json by generate.mjs; do not edit.
// openapi.json sha256: 732a1647921591953682cb238e5080b3bf0d06970df4962242109c22ecb3b991

export interface paths {
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Is the process alive? */
        get: operations["health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Figures for Prometheus
         * @description From another machine with a secret key, unless `[server] metrics` says otherwise.
         */
        get: operations["metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Can it answer shoppers? */
        get: operations["ready"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/autocomplete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Complete what is being typed
         * @description Words, categories, brands and items, best first; the same for everybody.
         */
        post: operations["complete"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/categories": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the category tree */
        get: operations["list_categories"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send events
         * @description One event or a list. Valid events are stored even when others of the call are refused; the answer comes after they are committed to disk. Sending the same event_id again counts once, so retry freely.
         */
        post: operations["send_events"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Why, and why not
         * @description The question of /v1/recommendations and one item: its place or rank, each source, cause and gate.
         */
        post: operations["explain"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/guide": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Talk to the guide
         * @description One turn: products and, where it helps, one question. With `Accept: text/event-stream` it answers server-sent events: `cards` with one GuideAnswer at once, `prose` as a language model speaks, where the shop has one, and `done`; a second `cards` replaces the first. The header X-Guide-Mode is rules, llm or llm-fallback.
         */
        post: operations["guide"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/guide/talks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the talks that shoppers let be kept */
        get: operations["list_talks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/guide/talks/own": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What was kept of a shopper's talks */
        post: operations["own_talks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/guide/talks/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Delete what was kept of a shopper's talks */
        post: operations["withdraw_talks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Browse items */
        get: operations["list_items"];
        /**
         * Put items
         * @description Each item replaces the one with the same id. Recommendable from the next call on, in every worker.
         */
        put: operations["put_items"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/items/{item_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read an item */
        get: operations["get_item"];
        put?: never;
        post?: never;
        /**
         * Delete an item
         * @description The item is hidden everywhere from the next call on. Putting it again brings it back.
         */
        delete: operations["delete_item"];
        options?: never;
        head?: never;
        /**
         * Change an item
         * @description Only the fields given change; null empties a field. {"hidden": true} takes it out of every list.
         */
        patch: operations["patch_item"];
        trace?: never;
    };
    "/v1/onboarding": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Questions to a new shopper
         * @description Send no answers to get the first question, then all answers so far. Each answer becomes a wish of choice `more` in the profile, to be seen and taken back there.
         */
        post: operations["onboard"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/pages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Choose the lists of a page
         * @description The rows of [pages.NAME] in the order of the clicks expected of each for this shopper; no item stands twice, rows with too few items are left out, and every row says why it stands where it stands.
         */
        post: operations["choose_page"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/profile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What the shop thinks of a shopper
         * @description Tags with their share of the shopper's history and what they rest on, and what the shopper said about tags. A publishable key asks for a `visitor_id`; a secret key also for a `user_id`.
         */
        post: operations["read_profile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/profile/wishes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * More or less of a tag, or nothing of it
         * @description `before` in the answer is what to send as `choice` to undo.
         */
        put: operations["put_wish"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/recommendations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Recommend items
         * @description One question, or {"requests": […]} for all lists of a page. Every item carries its reason with the exact share of each cause. Give recommendation_id back in later events.
         */
        post: operations["recommend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/releases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the trained releases */
        get: operations["list_releases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/releases/{name}/promote": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put a release in force */
        post: operations["promote_release"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/releases/{name}/rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a release back */
        post: operations["roll_back_release"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/guide": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What shoppers asked the guide and did not get */
        get: operations["report_guide"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/searches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What shoppers search for */
        get: operations["report_searches"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the rules
         * @description Version 0 is the empty set that every shop begins with.
         */
        get: operations["get_rules"];
        /**
         * Write the rules
         * @description The whole set becomes the next version. 409 when the one in force is not expected_version. 422 with every mistake and every contradiction in details; force writes contradictions all the same.
         */
        put: operations["put_rules"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rules/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check a draft of rules
         * @description 422 where a rule cannot be read; contradictions and doubts come as findings.
         */
        post: operations["check_rules"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rules/diff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Compare two versions of the rules */
        get: operations["diff_rules"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rules/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Preview a draft of rules
         * @description Each list before and after, what moved and by which rule, for chosen shoppers or nobody.
         */
        post: operations["preview_rules"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rules/rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Roll the rules back
         * @description The earlier set becomes the next version, so this too can be taken back.
         */
        post: operations["roll_back_rules"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rules/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the versions of the rules */
        get: operations["list_rule_versions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Search the catalogue
         * @description Chinese and English, misspelled and in pinyin, with units and numbers. Facets are counted, and where nothing matches everything, `relaxed` says what was given up. `order: neutral` is the same for everybody. Give recommendation_id back in later events, with `search_term` and the position.
         */
        post: operations["search"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the shop */
        get: operations["get_shop"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Recommend items, again and again
         * @description The body of POST /v1/recommendations. Answers server-sent events: `slate` with one SlateAnswer, at once and then whenever the list changed; its id is the number of the question and of the slate; `item` with one ItemNews as soon as a shown item changed or must leave; `bye` before the server stops. A comment every 15 seconds keeps the line open.
         */
        post: operations["stream"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Put users
         * @description Consent given here counts from the next call on. Send pseudonyms, never names or addresses.
         */
        put: operations["put_users"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a user */
        get: operations["get_user"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * Asked
         * @description shoppers: how many different ones at least.
         */
        Asked: {
            shoppers: number;
            text: string;
            times: number;
        };
        /**
         * AskFact
         * @description What is this item's …; field empty: everything known of it.
         */
        AskFact: {
            /** @default  */
            field?: string;
            /** @default null */
            item?: components["schemas"]["Ref"] | null;
            /** @enum {unknown} */
            type: "ask_fact";
        };
        /**
         * AskPolicy
         * @description What are the shop's rules: shipping, returns, payment, warranty, privacy, opening_hours, contact, other.
         */
        AskPolicy: {
            topic: string;
            /** @enum {unknown} */
            type: "ask_policy";
            /** @default  */
            words?: string;
        };
        /**
         * AskReason
         * @description Why is this shown.
         */
        AskReason: {
            /** @default null */
            item?: components["schemas"]["Ref"] | null;
            /** @enum {unknown} */
            type: "ask_reason";
        };
        /**
         * Bundle
         * @description What goes with an item, or a set of matching things.
         */
        Bundle: {
            /** @default null */
            item?: components["schemas"]["Ref"] | null;
            /** @enum {unknown} */
            type: "bundle";
        };
        /**
         * CategoryCount
         * @description One node of the category tree with the number of visible items in it and below.
         */
        CategoryCount: {
            count: number;
            name: string;
            path: string[];
        };
        /**
         * CategoryList
         * @description The category tree, each parent before its children.
         */
        CategoryList: {
            categories: components["schemas"]["CategoryCount"][];
        };
        /**
         * Changed
         * @description A tag, what is wanted of it now, and what was before: saying that again undoes the change.
         */
        Changed: {
            before: ("less" | "more" | "never") | null;
            choice: ("less" | "more" | "never") | null;
            tag: string;
        };
        /**
         * Chip
         * @description Something the shopper wants, as the guide understood it; sending `acts` takes it back.
         */
        Chip: {
            acts: (components["schemas"]["Inform"] | components["schemas"]["Critique"] | components["schemas"]["DontCare"] | components["schemas"]["Undo"] | components["schemas"]["Like"] | components["schemas"]["Reject"] | components["schemas"]["Pick"] | components["schemas"]["Compare"] | components["schemas"]["AskFact"] | components["schemas"]["AskPolicy"] | components["schemas"]["AskReason"] | components["schemas"]["Gift"] | components["schemas"]["Bundle"] | components["schemas"]["Plain"] | components["schemas"]["Refused"] | components["schemas"]["Unknown"])[];
            label: string;
            want: components["schemas"]["Want"];
        };
        /**
         * Choice
         * @description One answer to choose: `choice` is what to send back, None for "doesn't matter"; items: ids of examples.
         */
        Choice: {
            choice: string | null;
            /** @default [] */
            items?: string[];
            label: string;
        };
        /**
         * Compare
         * @description Two or more items side by side; empty: all that is shown.
         */
        Compare: {
            /** @default [] */
            items?: components["schemas"]["Ref"][];
            /** @enum {unknown} */
            type: "compare";
        };
        /**
         * CompletionAnswer
         * @description The lines, best first.
         */
        CompletionAnswer: {
            completions: components["schemas"]["CompletionLine"][];
            latency_ms: number;
        };
        /**
         * CompletionLine
         * @description One line below a search field; `kind`: words, category (then with its `path`), brand, item (then with `item`).
         *
         *         `count` is how many items it leads to, where that is known.
         */
        CompletionLine: {
            count: number | null;
            item: components["schemas"]["ItemCard"] | null;
            kind: string;
            path: string[];
            text: string;
        };
        /**
         * CompletionQuestion
         * @description What was typed so far. The same for everybody: no shopper is named.
         */
        CompletionQuestion: {
            /** @default null */
            language?: string | null;
            /** @default 8 */
            limit?: number;
            words: string;
        };
        /**
         * ConsentRow
         * @description What the shopper allowed.
         */
        ConsentRow: {
            /** @enum {unknown} */
            analytics?: "denied" | "granted";
            /** @enum {unknown} */
            personalization?: "denied" | "granted";
        };
        /**
         * Critique
         * @description More or less of an ordered field than what is shown, or than one item ("cheaper", "大一号").
         */
        Critique: {
            /** @enum {unknown} */
            direction: "less" | "more";
            field: string;
            /** @default null */
            steps?: number | null;
            /** @default null */
            than?: components["schemas"]["Ref"] | null;
            /** @enum {unknown} */
            type: "critique";
        };
        /**
         * DontCare
         * @description A field does not matter ("颜色无所谓"); empty: the question just asked.
         */
        DontCare: {
            /** @default  */
            field?: string;
            /** @enum {unknown} */
            type: "dont_care";
        };
        /**
         * ErrorBody
         * @description The body of every answer that is not a success.
         */
        ErrorBody: {
            error: components["schemas"]["ErrorFacts"];
        };
        /**
         * ErrorDetail
         * @description One field that is wrong, what was seen there, what is allowed, and the short name of the broken rule.
         */
        ErrorDetail: {
            allowed: string;
            field: string;
            rule: string;
            value: string;
        };
        /**
         * ErrorFacts
         * @description What went wrong; `position` is the column of the first wrong character of a filter, from 1.
         */
        ErrorFacts: {
            code: string;
            /** @default null */
            details?: components["schemas"]["ErrorDetail"][] | null;
            /** @default null */
            field?: string | null;
            message: string;
            /** @default null */
            position?: number | null;
            request_id: string;
        };
        /**
         * EventLineRow
         * @description One item inside an event; `price` in major units, `index` is the place in the list, from 0.
         */
        EventLineRow: {
            index?: number;
            item_id: string;
            price?: number;
            propensity?: number;
            quantity?: number;
        };
        /**
         * EventRow
         * @description One thing that happened. Sending the same event_id twice counts once.
         */
        EventRow: {
            consent?: components["schemas"]["ConsentRow"];
            context?: {
                [key: string]: unknown;
            };
            coupon?: string | null;
            currency?: string | null;
            event_id: string;
            /** @enum {unknown} */
            event_name: "add_to_cart" | "add_to_wishlist" | "begin_checkout" | "chat_choice" | "chat_message" | "dislike_item" | "impression" | "page_view" | "purchase" | "rate_item" | "refund" | "remove_from_cart" | "search" | "select_item" | "select_promotion" | "undo_dislike_item" | "view_cart" | "view_item" | "view_item_list" | "view_portion" | "view_promotion" | "view_search_results";
            items?: components["schemas"]["EventLineRow"][];
            placement?: string | null;
            rating?: number | null;
            recommendation_id?: string | null;
            search_term?: string | null;
            session_id?: string | null;
            /** @description RFC 3339 text, or a number of seconds, milliseconds or microseconds since 1970 UTC */
            timestamp: string | number;
            transaction_id?: string | null;
            user_id?: string | null;
            value?: number | null;
            visitor_id?: string | null;
        };
        /**
         * EventRows
         * @description Several events; the good ones go in even when others are refused.
         */
        EventRows: {
            events: components["schemas"]["EventRow"][];
        };
        /**
         * EventsTaken
         * @description Sent only after the accepted events are on disk. A duplicate was already there and counts once.
         */
        EventsTaken: {
            accepted: number;
            duplicates: number;
            rejected: components["schemas"]["Rejected"][];
        };
        /**
         * Evidence
         * @description One cause and the exact share of the score that it carries (shares sum to ≤ 1); `event`: what was done.
         */
        Evidence: {
            event: string | null;
            item_id: string;
            share: number;
            title: string;
        };
        /**
         * ExplainQuestion
         * @description The same question, and the item it is about.
         */
        ExplainQuestion: {
            /** @default [] */
            cart?: string[];
            /** @default {} */
            context?: {
                [key: string]: unknown;
            };
            /** @default [] */
            exclude?: string[];
            /** @default null */
            filter?: string | null;
            item_id: string;
            /** @default [] */
            item_ids?: string[];
            /** @default null */
            language?: string | null;
            /** @default null */
            limit?: number | null;
            /** @default true */
            personalize?: boolean;
            placement: string;
            /** @default null */
            user_id?: string | null;
            /** @default null */
            visitor_id?: string | null;
        };
        /**
         * Explanation
         * @description rank counts from 1 among all items that any source speaks for, before gates and caps; None where none does.
         *
         *         Where a ranker or the placement's own wishes change the order of the candidates, it counts in that order.
         */
        Explanation: {
            /** @default [] */
            context?: components["schemas"]["LiftTold"][];
            filtered_by: string | null;
            gates: components["schemas"]["GateAnswer"][];
            history: components["schemas"]["HistoryShare"][];
            in_slate: boolean;
            item_id: string;
            position: number | null;
            rank: number | null;
            /** @default [] */
            rules?: components["schemas"]["RuleAnswer"][];
            score: number;
            sources: components["schemas"]["SourceShare"][];
            /** @default [] */
            stages?: components["schemas"]["StageTold"][];
            verdict: components["schemas"]["Verdict"];
        };
        /**
         * Facet
         * @description name: category, brand, or an attribute's own name; values: most frequent first.
         */
        Facet: {
            name: string;
            values: components["schemas"]["FacetValue"][];
        };
        /**
         * FacetValue
         * @description One value to choose, as the catalogue writes it, with how many items choosing it (too) would leave.
         */
        FacetValue: {
            count: number;
            /** @default false */
            is_chosen?: boolean;
            value: string;
        };
        /**
         * FindingFacts
         * @description What is wrong ("error") or doubtful ("warning") about some rules, in both languages.
         */
        FindingFacts: {
            code: string;
            field: string;
            rules: string[];
            /** @enum {unknown} */
            severity: "error" | "warning";
            text: {
                [key: string]: string;
            };
            value: string;
        };
        /**
         * GateAnswer
         * @description One gate and whether the item passes it.
         */
        GateAnswer: {
            name: string;
            passed: boolean;
            text: string;
        };
        /**
         * Gift
         * @description A present. Codes, not words: girlfriend, mother, child, colleague…; birthday, christmas, mid_autumn…
         */
        Gift: {
            /** @default null */
            age?: number | null;
            /** @default  */
            occasion?: string;
            /** @default  */
            recipient?: string;
            /** @enum {unknown} */
            type: "gift";
        };
        /**
         * GuideAnswer
         * @description One turn's answer. Prices and stock are those of the moment of the answer.
         *
         *         `question`: at most one, with buttons; pressing one sends its `acts`. `ways_out`: where a want blocks, what would
         *         lead on. `table`: a comparison, price and stock first, then what differs. `quotes`: the shop's own words. `prose`:
         *         what a language model made of the sentences; empty without one. `answered` false: the guide knew nothing to say;
         *         `hand_over`: a person should go on. Send `state` back with the next turn.
         */
        GuideAnswer: {
            answered: boolean;
            cards: components["schemas"]["GuideCard"][];
            degraded: string[];
            hand_over: boolean;
            heard: components["schemas"]["Heard"];
            language: string;
            latency_ms: number;
            /** @enum {unknown} */
            mode: "llm" | "llm-fallback" | "rules";
            personalized: boolean;
            prose: string[];
            question: components["schemas"]["GuideQuestion"] | null;
            quotes: components["schemas"]["Quote"][];
            recommendation_id: string;
            revision: number;
            said: components["schemas"]["Sentence"][];
            state: string;
            table: components["schemas"]["Table"] | null;
            total: number;
            wants: components["schemas"]["Chip"][];
            ways_out: components["schemas"]["GuideChoice"][];
        };
        /**
         * GuideCard
         * @description An item with how it answers each want.
         *
         *         `role` near: it misses one; anchor: others are compared with it; part: of a set.
         */
        GuideCard: {
            item: components["schemas"]["ItemCard"];
            item_id: string;
            matches: components["schemas"]["GuideMatch"][];
            position: number;
            reason: components["schemas"]["Reason"];
            role: string;
        };
        /**
         * GuideChoice
         * @description A button: pressing it sends `acts`. count: how many items it would leave.
         */
        GuideChoice: {
            acts: (components["schemas"]["Inform"] | components["schemas"]["Critique"] | components["schemas"]["DontCare"] | components["schemas"]["Undo"] | components["schemas"]["Like"] | components["schemas"]["Reject"] | components["schemas"]["Pick"] | components["schemas"]["Compare"] | components["schemas"]["AskFact"] | components["schemas"]["AskPolicy"] | components["schemas"]["AskReason"] | components["schemas"]["Gift"] | components["schemas"]["Bundle"] | components["schemas"]["Plain"] | components["schemas"]["Refused"] | components["schemas"]["Unknown"])[];
            /** @default null */
            count?: number | null;
            label: string;
        };
        /**
         * GuideDone
         * @description The turn is over.
         */
        GuideDone: {
            /** @enum {unknown} */
            mode: "llm" | "llm-fallback" | "rules";
        };
        /**
         * GuideMatch
         * @description How an item answers one want: `label` in words, `has` its own values; unstated where the shop does not say.
         */
        GuideMatch: {
            has: string[];
            label: string;
            /** @enum {unknown} */
            verdict: "no" | "unstated" | "yes";
        };
        /**
         * GuideQuestion
         * @description That a field does not matter is among the choices.
         */
        GuideQuestion: {
            choices: components["schemas"]["GuideChoice"][];
            field: string;
            text: string;
        };
        /**
         * GuideReport
         * @description The commonest of each first.
         *
         *         turns       by who understood them: rules, llm, llm-fallback
         *         hand_overs  turns after which a person should have gone on
         *         unanswered  what the guide had no answer to; rare_unanswered: turns with words that too few shoppers said
         *         attributes  facts that no item of the shop states; rare_attributes likewise
         *         policies    topics of which the shop says nothing
         *         fields      what shoppers asked or wanted to know most
         */
        GuideReport: {
            attributes: components["schemas"]["Asked"][];
            days: number;
            fields: components["schemas"]["Asked"][];
            hand_overs: number;
            least_shoppers: number;
            policies: components["schemas"]["Asked"][];
            rare_attributes: number;
            rare_unanswered: number;
            turns: {
                [key: string]: number;
            };
            unanswered: components["schemas"]["Asked"][];
        };
        /**
         * GuideTurn
         * @description What a shopper says: an `utterance`, or the `acts` of a button that an answer offered; neither greets.
         *
         *         `state` is that of the last answer; without it the talk begins anew. `item_ids` are shown on the page just now:
         *         "this one" means the first. `keep_transcript` lets the shop keep the talk, masked, where `consent` does not deny
         *         analytics and a shopper is named; turns with the same `talk_id` belong together then.
         */
        GuideTurn: {
            /** @default [] */
            acts?: (components["schemas"]["Inform"] | components["schemas"]["Critique"] | components["schemas"]["DontCare"] | components["schemas"]["Undo"] | components["schemas"]["Like"] | components["schemas"]["Reject"] | components["schemas"]["Pick"] | components["schemas"]["Compare"] | components["schemas"]["AskFact"] | components["schemas"]["AskPolicy"] | components["schemas"]["AskReason"] | components["schemas"]["Gift"] | components["schemas"]["Bundle"] | components["schemas"]["Plain"] | components["schemas"]["Refused"] | components["schemas"]["Unknown"])[];
            consent?: components["schemas"]["ConsentRow"];
            /** @default {} */
            context?: {
                [key: string]: unknown;
            };
            /** @default [] */
            item_ids?: string[];
            /** @default false */
            keep_transcript?: boolean;
            /** @default null */
            language?: string | null;
            /** @default 6 */
            limit?: number;
            /** @default true */
            personalize?: boolean;
            /** @default null */
            state?: string | null;
            /** @default null */
            talk_id?: string | null;
            /** @default null */
            user_id?: string | null;
            /** @default  */
            utterance?: string;
            /** @default null */
            visitor_id?: string | null;
        };
        /**
         * HappeningFacts
         * @description One thing that happened to a release, through whom and why.
         */
        HappeningFacts: {
            at: string;
            by: string;
            outcome: string;
            reasons: {
                [key: string]: string;
            }[];
            release: string;
            what: string;
        };
        /**
         * Health
         * @description Alive, and able to go on so.
         */
        Health: {
            status: string;
            version: string;
        };
        /**
         * Heard
         * @description An utterance as it was understood. language: "zh" or "en", that of most of its letters.
         */
        Heard: {
            acts: (components["schemas"]["Inform"] | components["schemas"]["Critique"] | components["schemas"]["DontCare"] | components["schemas"]["Undo"] | components["schemas"]["Like"] | components["schemas"]["Reject"] | components["schemas"]["Pick"] | components["schemas"]["Compare"] | components["schemas"]["AskFact"] | components["schemas"]["AskPolicy"] | components["schemas"]["AskReason"] | components["schemas"]["Gift"] | components["schemas"]["Bundle"] | components["schemas"]["Plain"] | components["schemas"]["Refused"] | components["schemas"]["Unknown"])[];
            language: string;
            /**
             * @default rules
             * @enum {unknown}
             */
            reader?: "buttons" | "model" | "rules";
        };
        /**
         * HistoryShare
         * @description What one item of the shopper's past, or one anchor, brings to the score.
         */
        HistoryShare: {
            event: string | null;
            item_id: string;
            share: number;
            title: string;
        };
        /**
         * Inform
         * @description What is looked for. words: what the lexicon does not know and search may.
         */
        Inform: {
            /** @enum {unknown} */
            type: "inform";
            /** @default [] */
            wants?: components["schemas"]["Want"][];
            /** @default  */
            words?: string;
        };
        /**
         * Interview
         * @description The next question, None when there is nothing more to ask.
         *
         *         is_personalized  False: the shopper objected; nothing was kept and nothing is asked
         *         wishes           tags that the answers of this call made a wish of
         */
        Interview: {
            done: boolean;
            is_personalized: boolean;
            most_questions: number;
            n_asked: number;
            question: components["schemas"]["InterviewQuestion"] | null;
            wishes: string[];
        };
        /**
         * InterviewQuestion
         * @description `question` is what to send back; gain: what the answer is expected to tell, in nats.
         */
        InterviewQuestion: {
            choices: components["schemas"]["Choice"][];
            gain: number;
            question: string;
            text: string;
        };
        /**
         * ItemCard
         * @description What a list needs to show an item.
         */
        ItemCard: {
            attributes: {
                [key: string]: string[];
            };
            availability: string;
            brand: string | null;
            categories: string[][];
            category: string;
            currency: string;
            group_id: string | null;
            id: string;
            images: string[];
            list_price_minor: number | null;
            price_minor: number | null;
            title: string;
            url: string | null;
        };
        /**
         * ItemChange
         * @description The fields of an item that change; null empties one. Prices in major units, or *_minor.
         */
        ItemChange: {
            attributes?: {
                [key: string]: unknown;
            } | null;
            /** @enum {unknown} */
            availability?: "backorder" | "in_stock" | "out_of_stock" | "preorder";
            available_at?: (string | number) | null;
            brand?: string | null;
            categories?: (string | string[])[] | null;
            cost?: number | string | null;
            cost_minor?: number | null;
            created_at?: (string | number) | null;
            currency?: string | null;
            description?: string | {
                [key: string]: string;
            } | null;
            expires_at?: (string | number) | null;
            group_id?: string | null;
            hidden?: boolean;
            images?: string[] | null;
            kind?: string | null;
            list_price?: number | string | null;
            list_price_minor?: number | null;
            price?: number | string | null;
            price_minor?: number | null;
            rating?: number | null;
            stores?: components["schemas"]["StoreRow"][] | null;
            tags?: string[] | null;
            title?: string | {
                [key: string]: string;
            };
            url?: string | null;
        };
        /**
         * ItemList
         * @description One page of a listing; `total` counts all that match.
         */
        ItemList: {
            items: components["schemas"]["ItemCard"][];
            total: number;
        };
        /**
         * ItemNews
         * @description An item of a shown list has changed; in the lists of `questions` (numbers from 0) it is `item` now.
         *
         *         Without `item` it must not be shown there any longer. `revision` is that of the catalogue that says so: a list with
         *         a lower one was made before.
         */
        ItemNews: {
            item: components["schemas"]["ItemCard"] | null;
            item_id: string;
            questions: number[];
            revision: number;
        };
        /**
         * ItemPage
         * @description Everything a shopper may know about an item.
         */
        ItemPage: {
            attributes: {
                [key: string]: string[];
            };
            availability: string;
            available_at: string | null;
            brand: string | null;
            categories: string[][];
            category: string;
            created_at: string | null;
            currency: string;
            description: string;
            expires_at: string | null;
            group_id: string | null;
            hidden: boolean;
            id: string;
            images: string[];
            kind: string;
            list_price_minor: number | null;
            price_minor: number | null;
            rating: number | null;
            stores: components["schemas"]["StoreOffer"][];
            tags: string[];
            title: string;
            url: string | null;
        };
        /**
         * ItemRow
         * @description One item as the shop has it.
         */
        ItemRow: {
            attributes?: {
                [key: string]: unknown;
            } | null;
            /** @enum {unknown} */
            availability?: "backorder" | "in_stock" | "out_of_stock" | "preorder";
            available_at?: (string | number) | null;
            brand?: string | null;
            categories?: (string | string[])[] | null;
            cost?: number | string | null;
            cost_minor?: number | null;
            created_at?: (string | number) | null;
            currency?: string | null;
            description?: string | {
                [key: string]: string;
            } | null;
            expires_at?: (string | number) | null;
            group_id?: string | null;
            hidden?: boolean;
            id: string;
            images?: string[] | null;
            kind?: string | null;
            list_price?: number | string | null;
            list_price_minor?: number | null;
            price?: number | string | null;
            price_minor?: number | null;
            rating?: number | null;
            stores?: components["schemas"]["StoreRow"][] | null;
            tags?: string[] | null;
            title: string | {
                [key: string]: string;
            };
            url?: string | null;
        };
        /**
         * ItemRows
         * @description Several items; the good ones go in even when others are refused.
         */
        ItemRows: {
            items: components["schemas"]["ItemRow"][];
        };
        /**
         * ItemsTaken
         * @description `revision` is the catalogue's number after this call; it only grows.
         */
        ItemsTaken: {
            accepted: number;
            rejected: components["schemas"]["Rejected"][];
            revision: number;
        };
        /**
         * KeptTurn
         * @description One turn; `number` goes on where a page ended. What named a person was masked before it was kept.
         */
        KeptTurn: {
            answered: string;
            at: string;
            is_answered: boolean;
            item_ids: string[];
            language: string;
            mode: string;
            number: number;
            said: string;
            talk_id: string;
        };
        /**
         * KeptTurns
         * @description Turns that shoppers let be kept.
         */
        KeptTurns: {
            turns: components["schemas"]["KeptTurn"][];
        };
        /**
         * LiftTold
         * @description What one circumstance does to one item's score.
         */
        LiftTold: {
            factor: number;
            name: string;
            text: string;
            value: string;
        };
        /**
         * Like
         * @description Similar to an item; what shall differ follows as Inform or Critique.
         */
        Like: {
            item: components["schemas"]["Ref"];
            /** @enum {unknown} */
            type: "like";
        };
        /**
         * Liking
         * @description A tag of a shopper's taste.
         *
         *         share    part of the history's weight that lies on items with it, 0 to 1
         *         lift     how many times as much as its part of the catalogue
         *         n_items  items of the history that have it
         */
        Liking: {
            evidence: components["schemas"]["Witness"][];
            kind: string;
            label: string;
            lift: number;
            n_items: number;
            share: number;
            tag: string;
        };
        /**
         * Moved
         * @description One item whose place changes. Positions count from 0; None where it is not in the list.
         *
         *         rules  ids of the rules that act on it before or after, and differ; empty when others only made room or took it
         */
        Moved: {
            after: number | null;
            before: number | null;
            item_id: string;
            rules: string[];
            title: string;
        };
        /**
         * OnboardingAnswer
         * @description `question` and `choice` as the last call gave them; a `choice` of null: it doesn't matter.
         */
        OnboardingAnswer: {
            /** @default null */
            choice?: string | null;
            question: string;
        };
        /**
         * OnboardingAnswers
         * @description Who answers, and all answers so far, in order; none at first.
         */
        OnboardingAnswers: {
            /** @default [] */
            answers?: components["schemas"]["OnboardingAnswer"][];
            /** @default null */
            language?: string | null;
            /** @default null */
            user_id?: string | null;
            /** @default null */
            visitor_id?: string | null;
        };
        /**
         * PageAnswer
         * @description The rows from the top; of the other placements of the page, by name, why they are left out.
         */
        PageAnswer: {
            left_out: {
                [key: string]: components["schemas"]["RowReasonFacts"];
            };
            page: string;
            rows: components["schemas"]["PageRow"][];
        };
        /**
         * PageQuestion
         * @description Which page, and all that a Question says; `limit` is that of each row.
         */
        PageQuestion: {
            /** @default [] */
            cart?: string[];
            /** @default {} */
            context?: {
                [key: string]: unknown;
            };
            /** @default [] */
            exclude?: string[];
            /** @default null */
            filter?: string | null;
            /** @default [] */
            item_ids?: string[];
            /** @default null */
            language?: string | null;
            /** @default null */
            limit?: number | null;
            page: string;
            /** @default true */
            personalize?: boolean;
            /** @default null */
            user_id?: string | null;
            /** @default null */
            visitor_id?: string | null;
        };
        /**
         * PageRow
         * @description One list of the page; `expected_clicks` when it is seen once, null where nothing is known of it.
         */
        PageRow: {
            expected_clicks: number | null;
            position: number;
            reason: components["schemas"]["RowReasonFacts"];
            slate: components["schemas"]["SlateAnswer"];
        };
        /**
         * Pick
         * @description This one: tell me about it, I take it.
         */
        Pick: {
            item: components["schemas"]["Ref"];
            /** @enum {unknown} */
            type: "pick";
        };
        /**
         * Place
         * @description One place of a slate.
         */
        Place: {
            filler: boolean;
            item: components["schemas"]["ItemCard"];
            item_id: string;
            position: number;
            reason: components["schemas"]["Reason"];
            score: number;
            source: string;
        };
        /**
         * PlacementFacts
         * @description A named spot and its heading by language.
         */
        PlacementFacts: {
            name: string;
            title: {
                [key: string]: string;
            };
        };
        /**
         * Plain
         * @description Acts that need nothing beside their name.
         */
        Plain: {
            /** @enum {unknown} */
            name: "back" | "bye" | "greet" | "hand_over" | "help" | "more" | "no" | "order_status" | "popular" | "reset" | "surprise" | "thanks" | "yes";
            /** @enum {unknown} */
            type: "plain";
        };
        /**
         * Preview
         * @description One list for one shopper: item ids with the rules in force and with the draft.
         */
        Preview: {
            after: string[];
            before: string[];
            moved: components["schemas"]["Moved"][];
            placement: string;
            user_id: string | null;
            visitor_id: string | null;
        };
        /**
         * PriceBounds
         * @description Prices in minor units; both ends belong to the range, and either may be left out.
         */
        PriceBounds: {
            /** @default null */
            at_least?: number | null;
            /** @default null */
            at_most?: number | null;
        };
        /**
         * PriceRange
         * @description The cheapest and dearest of what was found, before the caller's own price bounds; with a histogram to draw.
         */
        PriceRange: {
            /** @default [] */
            counts?: number[];
            currency: string;
            highest_minor: number;
            lowest_minor: number;
        };
        /**
         * Profile
         * @description What the shop thinks of a shopper, and what they said about it.
         *
         *         is_personalized  False: they objected, so nothing is read and nothing acts on lists
         *         n_events         lines of their past that the tags rest on
         *         tags             the most telling first
         *         choices          in the order in which they were said
         *         turned_down      items that no list shows them, the last one first
         *         summary          the tags in one sentence, where that was asked for and there are any
         */
        Profile: {
            choices: components["schemas"]["Said"][];
            is_personalized: boolean;
            n_events: number;
            /** @default null */
            summary?: string | null;
            tags: components["schemas"]["Liking"][];
            /** @default [] */
            turned_down?: components["schemas"]["TurnedDown"][];
        };
        /**
         * ProfileQuestion
         * @description Whose profile, in which language, how many tags at most, and whether to sum them up in a sentence.
         */
        ProfileQuestion: {
            /** @default null */
            language?: string | null;
            /** @default 20 */
            limit?: number;
            /** @default false */
            summary?: boolean;
            /** @default null */
            user_id?: string | null;
            /** @default null */
            visitor_id?: string | null;
        };
        /**
         * Prose
         * @description One more sentence of a language model, checked against the catalogue.
         */
        Prose: {
            text: string;
        };
        /**
         * Question
         * @description Which placement, about whom, beside what.
         *
         *         `item_ids` are the items being looked at, `cart` what lies in the cart, `exclude` what must not come.
         *         `personalize: false` answers without reading any profile. `filter` is an expression that every item must pass.
         */
        Question: {
            /** @default [] */
            cart?: string[];
            /** @default {} */
            context?: {
                [key: string]: unknown;
            };
            /** @default [] */
            exclude?: string[];
            /** @default null */
            filter?: string | null;
            /** @default [] */
            item_ids?: string[];
            /** @default null */
            language?: string | null;
            /** @default null */
            limit?: number | null;
            /** @default true */
            personalize?: boolean;
            placement: string;
            /** @default null */
            user_id?: string | null;
            /** @default null */
            visitor_id?: string | null;
        };
        /**
         * Questions
         * @description Several questions of one page, answered in one call.
         */
        Questions: {
            requests: components["schemas"]["Question"][];
        };
        /**
         * Quote
         * @description The shop's own words: of a policy (source: its heading) or of an item (item_id).
         */
        Quote: {
            /** @default null */
            item_id?: string | null;
            source: string;
            text: string;
            /** @default null */
            url?: string | null;
        };
        /**
         * Readiness
         * @description `status` is "ready" or "degraded"; `degraded` says what is missing.
         *
         *         A server of several shops adds up their items, and says of each shop by its id, or the name of its folder, whether
         *         it is "ready", "degraded", or why it is not open.
         */
        Readiness: {
            catalogue_revision: number;
            degraded: string[];
            items: number;
            model: string;
            /** @default null */
            shops?: {
                [key: string]: string;
            } | null;
            status: string;
        };
        /**
         * Reason
         * @description Why an item is in a slate, as data and as a sentence in the shopper's language.
         */
        Reason: {
            code: string;
            /** @default [] */
            evidence?: components["schemas"]["Evidence"][];
            text: string;
        };
        /**
         * Ref
         * @description Which item is meant: the n-th shown (from 1; -1 the last), one by id, or by a superlative of a field.
         *
         *         superlative  a field, with `most` saying which end: ("price", False) is the cheapest one
         *         value        the shown one that has this value: "the red one"
         */
        Ref: {
            /** @default null */
            item_id?: string | null;
            /** @default false */
            most?: boolean;
            /** @default null */
            position?: number | null;
            /** @default null */
            superlative?: string | null;
            /** @default null */
            value?: components["schemas"]["Want"] | null;
        };
        /**
         * Refused
         * @description What the guide does not talk about: abuse; unsafe (medical, legal, weapons…); out_of_scope (weather, news…).
         */
        Refused: {
            /** @enum {unknown} */
            kind: "abuse" | "out_of_scope" | "unsafe";
            /** @default  */
            topic?: string;
            /** @enum {unknown} */
            type: "refused";
        };
        /**
         * Reject
         * @description Not this item, or none of those shown (item None).
         */
        Reject: {
            /** @default null */
            item?: components["schemas"]["Ref"] | null;
            /** @enum {unknown} */
            type: "reject";
        };
        /**
         * Rejected
         * @description A row that was not taken: its place in the call, and why.
         */
        Rejected: {
            code: string;
            field: string;
            index: number;
            message: string;
        };
        /**
         * Relaxed
         * @description What was given up because nothing matched all that was asked, as data and as a sentence.
         */
        Relaxed: {
            code: string;
            dropped: string[];
            text: string;
        };
        /**
         * ReleaseFacts
         * @description One release. `canary`: serves some shoppers; `candidate`: never served; `judged`: what its guardrail found.
         */
        ReleaseFacts: {
            created_at: string | null;
            interactions: number | null;
            judged: {
                [key: string]: unknown;
            } | null;
            models: string[];
            name: string;
            problem: string | null;
            /** @enum {unknown} */
            standing: "canary" | "candidate" | "kept" | "previous" | "serving";
            verdict: ("hold" | "promote" | "refuse") | null;
        };
        /**
         * ReleasesAnswer
         * @description Every release, the serving one first; what happened lately, newest first.
         */
        ReleasesAnswer: {
            log: components["schemas"]["HappeningFacts"][];
            releases: components["schemas"]["ReleaseFacts"][];
        };
        /**
         * ReleaseSwitched
         * @description The release that is in force now; every process serves it within a second or two.
         */
        ReleaseSwitched: {
            serving: string;
        };
        /**
         * Row
         * @description One line of a comparison; values: one per item, empty where unstated. Price and stock are left to the door.
         */
        Row: {
            differs: boolean;
            field: string;
            label: string;
            values: string[];
        };
        /**
         * RowReasonFacts
         * @description Why a row stands where it stands, or why it is left out, as data and as a sentence.
         */
        RowReasonFacts: {
            code: string;
            text: string;
        };
        /**
         * RuleAnswer
         * @description One of the merchant's rules that is about the item here, and what it says; decided: it settled the verdict.
         *
         *         id: None where only the shop may know it.
         */
        RuleAnswer: {
            action: string;
            amount: number | null;
            decided: boolean;
            id: string | null;
            text: string;
        };
        /**
         * RuleChangeFacts
         * @description One rule before and after; null where it does not exist. `fields`: those that differ.
         */
        RuleChangeFacts: {
            after: {
                [key: string]: unknown;
            } | null;
            before: {
                [key: string]: unknown;
            } | null;
            /** @enum {unknown} */
            change: "added" | "changed" | "moved" | "removed";
            fields: string[];
            id: string;
        };
        /**
         * RuleRow
         * @description One rule. `position` counts from 0; `until` as a date is the last day; see the page about rules.
         */
        RuleRow: {
            /** @enum {unknown} */
            action: "boost" | "bury" | "cap" | "hide" | "pin" | "quota";
            at_least?: number;
            at_most?: number;
            enabled?: boolean;
            factor?: number;
            filter?: string;
            /** @description A date of the shop's time zone, or a moment: 2026-12-24T18:00:00+08:00 */
            from?: string;
            id: string;
            items?: string[];
            note?: string;
            placements?: string[];
            position?: number;
            segments?: {
                [key: string]: string[];
            };
            store?: string;
            /** @description A date of the shop's time zone, or a moment: 2026-12-24T18:00:00+08:00 */
            until?: string;
            when?: {
                [key: string]: string[];
            };
        };
        /**
         * RulesAnswer
         * @description A set as it was written; `problems` tells which of its rules this program cannot read.
         */
        RulesAnswer: {
            problems: string[];
            rules: {
                [key: string]: unknown;
            }[];
            version: number;
        };
        /**
         * RulesChecked
         * @description `ok`: nothing contradicts itself.
         */
        RulesChecked: {
            findings: components["schemas"]["FindingFacts"][];
            ok: boolean;
        };
        /**
         * RulesDiff
         * @description What one version has otherwise than another.
         */
        RulesDiff: {
            changes: components["schemas"]["RuleChangeFacts"][];
            from: number;
            to: number;
        };
        /**
         * RulesPreviewed
         * @description Each list with the rules in force and with the draft.
         */
        RulesPreviewed: {
            findings: components["schemas"]["FindingFacts"][];
            lists: components["schemas"]["Preview"][];
            ok: boolean;
        };
        /**
         * RulesToCheck
         * @description A draft.
         */
        RulesToCheck: {
            rules: components["schemas"]["RuleRow"][];
        };
        /**
         * RulesToPreview
         * @description A draft, the lists to show, and for whom; at most 20 lists in all. `at` looks at another moment.
         */
        RulesToPreview: {
            /** @default null */
            at?: string | null;
            /** @default null */
            language?: string | null;
            /** @default null */
            limit?: number | null;
            placements: string[];
            rules: components["schemas"]["RuleRow"][];
            shoppers?: components["schemas"]["Shopper"][];
        };
        /**
         * RulesToRollBack
         * @description The version to put in force again, in place of the one at `expected_version`.
         */
        RulesToRollBack: {
            expected_version: number;
            /** @default  */
            note?: string;
            version: number;
        };
        /**
         * RulesToWrite
         * @description A whole set in place of the one at `expected_version`; `force` writes contradictions too.
         */
        RulesToWrite: {
            expected_version: number;
            /** @default false */
            force?: boolean;
            /** @default  */
            note?: string;
            rules: components["schemas"]["RuleRow"][];
        };
        /**
         * RulesWritten
         * @description The version that is in force now, and what there is to say about it.
         */
        RulesWritten: {
            findings: components["schemas"]["FindingFacts"][];
            written: components["schemas"]["RuleVersionFacts"];
        };
        /**
         * RuleVersionFacts
         * @description One version of the set: when, through which key, why, and how many rules it has.
         */
        RuleVersionFacts: {
            at: string;
            author: string;
            n_rules: number;
            note: string;
            version: number;
        };
        /**
         * RuleVersionsAnswer
         * @description Newest first.
         */
        RuleVersionsAnswer: {
            versions: components["schemas"]["RuleVersionFacts"][];
        };
        /**
         * Said
         * @description What the shopper said about a tag.
         *
         *         n_items  items of the catalogue that have it
         */
        Said: {
            /** @enum {unknown} */
            choice: "less" | "more" | "never";
            kind: string;
            label: string;
            n_items: number;
            tag: string;
        };
        /**
         * SearchAnswer
         * @description One page of what was found; `total` counts all of it, and every `position` is that in the whole list.
         *
         *         `corrected` are the words really searched, where those typed are misspelled; `suggestion` are words that would find
         *         more. `relaxed` says what was given up because nothing matched everything, and `understood` what was read out of the
         *         words. `facets` count what choosing a value would leave. `revision` is that of the catalogue.
         */
        SearchAnswer: {
            corrected: string | null;
            degraded: string[];
            facets: components["schemas"]["Facet"][];
            items: components["schemas"]["Place"][];
            latency_ms: number;
            /** @enum {string} */
            order: "relevance" | "neutral" | "price" | "-price" | "newest" | "rating" | "title";
            personalized: boolean;
            price: components["schemas"]["PriceRange"] | null;
            recommendation_id: string;
            relaxed: components["schemas"]["Relaxed"][];
            revision: number;
            suggestion: string | null;
            total: number;
            understood: {
                [key: string]: string[];
            };
        };
        /**
         * SearchedWords
         * @description The same words, searched for again and again.
         *
         *         searches     how often
         *         shoppers     how many different ones typed them, as far as events say
         *         empty        how often nothing had all of these words
         *         click_share  of the visits that searched for them, how many clicked something found; None where no event says
         */
        SearchedWords: {
            click_share: number | null;
            empty: number;
            searches: number;
            shoppers: number;
            words: string;
        };
        /**
         * SearchQuestion
         * @description What is looked for, where, for whom, and in which order.
         *
         *         `words` as they were typed; empty lists a whole `category`, which is a path with its outermost name first. `facets`
         *         are chosen values by facet: one of the values of a facet is enough, and every facet must be met. `order: neutral`
         *         is the same for everybody; `personalize: false` reads no profile, whatever the order. Of variants of one thing only
         *         the best comes, unless `one_per_group` is false. With `relax: false` only what has everything asked for is found.
         */
        SearchQuestion: {
            /** @default [] */
            category?: string[];
            /** @default {} */
            context?: {
                [key: string]: unknown;
            };
            /** @default true */
            count_facets?: boolean;
            /** @default {} */
            facets?: {
                [key: string]: string[];
            };
            /** @default null */
            filter?: string | null;
            /** @default true */
            include_sold_out?: boolean;
            /** @default null */
            language?: string | null;
            /** @default 24 */
            limit?: number;
            /** @default 0 */
            offset?: number;
            /** @default true */
            one_per_group?: boolean;
            /**
             * @default relevance
             * @enum {string}
             */
            order?: "relevance" | "neutral" | "price" | "-price" | "newest" | "rating" | "title";
            /** @default true */
            personalize?: boolean;
            /**
             * @default {
             *       "at_least": null,
             *       "at_most": null
             *     }
             */
            price_minor?: components["schemas"]["PriceBounds"];
            /** @default true */
            relax?: boolean;
            /** @default null */
            user_id?: string | null;
            /** @default null */
            visitor_id?: string | null;
            /** @default  */
            words?: string;
        };
        /**
         * SearchReport
         * @description One row per words; `withheld` and `withheld_searches` count what too few shoppers typed to be shown.
         */
        SearchReport: {
            days: number;
            empty: number;
            fewest_shoppers: number;
            queries: components["schemas"]["SearchedWords"][];
            searches: number;
            withheld: number;
            withheld_searches: number;
        };
        /**
         * Sentence
         * @description One sentence of the guide; `code` says which one in any language. Plain text, never mark-up.
         */
        Sentence: {
            code: string;
            text: string;
        };
        /**
         * ShopFacts
         * @description What a page needs to know about the shop.
         */
        ShopFacts: {
            currency: string;
            id: string;
            languages: string[];
            name: {
                [key: string]: string;
            };
            placements: components["schemas"]["PlacementFacts"][];
        };
        /**
         * Shopper
         * @description Somebody, or nobody in particular, and what they are looking at.
         */
        Shopper: {
            /** @default [] */
            cart?: string[];
            /** @default {} */
            context?: {
                [key: string]: unknown;
            };
            /** @default [] */
            item_ids?: string[];
            /** @default null */
            user_id?: string | null;
            /** @default null */
            visitor_id?: string | null;
        };
        /**
         * SlateAnswer
         * @description One list, with what was left out and why; `filler` counts the places nobody in particular was chosen for.
         *
         *         `revision` is that of the catalogue it was made from: it grows with every change of any item. `degraded` names what
         *         the list was made without: storage_unavailable, release_refused, rules_unread; empty when all is well.
         */
        SlateAnswer: {
            degraded: string[];
            filler: number;
            filtered: {
                [key: string]: number;
            };
            items: components["schemas"]["Place"][];
            latency_ms: number;
            model: string;
            personalized: boolean;
            placement: string;
            recommendation_id: string;
            revision: number;
            title: string;
        };
        /**
         * SlateAnswers
         * @description One answer per question, in the same order.
         */
        SlateAnswers: {
            answers: components["schemas"]["SlateAnswer"][];
        };
        /**
         * SourceShare
         * @description What one source brings to the score; weight is what the blend gives it.
         */
        SourceShare: {
            name: string;
            share: number;
            weight: number;
        };
        /**
         * StageTold
         * @description factor: what the stage multiplied the score by; of the ranker, the chance that the item is taken.
         *
         *         before, after: of the ranker, the item's place among the candidates from 1; None of the others.
         */
        StageTold: {
            /** @default null */
            after?: number | null;
            /** @default null */
            before?: number | null;
            factor: number;
            stage: string;
            text: string;
        };
        /**
         * StoreOffer
         * @description The item in one physical store; a price of null means the item's own price.
         */
        StoreOffer: {
            availability: string;
            price_minor: number | null;
            quantity: number | null;
            store_id: string;
        };
        /**
         * StoreRow
         * @description Price and stock in one physical store.
         */
        StoreRow: {
            availability?: string | null;
            price?: number | null;
            quantity?: number | null;
            store_id: string;
        };
        /**
         * Table
         * @description A comparison, differences first.
         */
        Table: {
            item_ids: string[];
            rows: components["schemas"]["Row"][];
        };
        /**
         * TalkOwner
         * @description Whose talks; a publishable key may name a visitor only.
         */
        TalkOwner: {
            /** @default null */
            user_id?: string | null;
            /** @default null */
            visitor_id?: string | null;
        };
        /**
         * TurnedDown
         * @description An item the shopper turned down; the event `undo_dislike_item` takes that back.
         */
        TurnedDown: {
            at_us: number;
            item_id: string;
            title: string;
        };
        /**
         * Undo
         * @description Take back what was said of a field ("never mind, red is fine"); without values: all of it.
         */
        Undo: {
            field: string;
            /** @enum {unknown} */
            type: "undo";
            /** @default [] */
            values?: string[];
        };
        /**
         * Unknown
         * @description Words that mean nothing to the shop; attribute: it names a fact that no item of the shop states.
         */
        Unknown: {
            /** @default  */
            attribute?: string;
            /** @enum {unknown} */
            type: "unknown";
            /** @default  */
            words?: string;
        };
        /**
         * UserPage
         * @description What is kept of a user.
         */
        UserPage: {
            attributes: {
                [key: string]: string[];
            };
            consent: {
                [key: string]: string;
            };
            created_at: string | null;
            friends: string[];
            id: string;
        };
        /**
         * UserRow
         * @description One pseudonym with what is known about it; never contact data.
         */
        UserRow: {
            attributes?: {
                [key: string]: unknown;
            };
            consent?: components["schemas"]["ConsentRow"];
            created_at?: (string | number) | null;
            friends?: string[];
            id: string;
        };
        /**
         * UserRows
         * @description Several users.
         */
        UserRows: {
            users: components["schemas"]["UserRow"][];
        };
        /**
         * UsersTaken
         * @description How many users were put.
         */
        UsersTaken: {
            accepted: number;
            rejected: components["schemas"]["Rejected"][];
        };
        /**
         * Verdict
         * @description The answer in one code and one sentence.
         */
        Verdict: {
            code: string;
            text: string;
        };
        /**
         * Want
         * @description One constraint. Price in minor units of the shop's currency, other numbers in the field's own unit.
         *
         *         values    alternatives (`is`) or all unwanted (`is_not`), as the catalogue writes them
         *         is_hard   said as a must ("must be", "不要", "under 200"); otherwise evidence that only orders
         */
        Want: {
            field: string;
            /** @default true */
            is_hard?: boolean;
            /** @default null */
            number?: number | null;
            /** @enum {unknown} */
            op: "about" | "at_least" | "at_most" | "is" | "is_not";
            /** @default [] */
            values?: string[];
        };
        /**
         * Wish
         * @description What a shopper wants of a tag, or of what an item is first of all; exactly one of `tag` and `item_id`.
         *
         *         `more`: such items rank higher. `less`: lower. `never`: they are not shown. `null`: what was said is taken back.
         */
        Wish: {
            choice: ("less" | "more" | "never") | null;
            /** @default null */
            item_id?: string | null;
            /** @default null */
            tag?: string | null;
            /** @default null */
            user_id?: string | null;
            /** @default null */
            visitor_id?: string | null;
        };
        /**
         * Withdrawn
         * @description How many turns were deleted.
         */
        Withdrawn: {
            deleted: number;
        };
        /**
         * Witness
         * @description One thing the shopper did that speaks for a tag; share: its part of the tag's weight.
         */
        Witness: {
            at_us: number;
            event: string;
            item_id: string;
            share: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    metrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    ready: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    complete: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "words": "mu",
                 *       "limit": 8,
                 *       "language": "en"
                 *     }
                 */
                "application/json": components["schemas"]["CompletionQuestion"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CompletionAnswer"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Request Timeout */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Request Entity Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    list_categories: {
        parameters: {
            query?: {
                /** @description Language of the texts, for example en or zh-CN */
                language?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CategoryList"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    send_events: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same call is answered again, not done again, for a day at least */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "events": [
                 *         {
                 *           "event_id": "7b1f9c0e-1",
                 *           "event_name": "view_item",
                 *           "timestamp": "2026-11-21T10:00:00Z",
                 *           "visitor_id": "v-1",
                 *           "items": [
                 *             {
                 *               "item_id": "mug-red"
                 *             }
                 *           ]
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["EventRows"] | components["schemas"]["EventRow"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventsTaken"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Request Timeout */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Request Entity Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Insufficient Storage */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    explain: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "placement": "home_for_you",
                 *       "visitor_id": "v-1",
                 *       "item_id": "mug-red"
                 *     }
                 */
                "application/json": components["schemas"]["ExplainQuestion"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Explanation"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Request Timeout */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Request Entity Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    guide: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "utterance": "a red mug under 15",
                 *       "visitor_id": "v-1",
                 *       "language": "en"
                 *     }
                 */
                "application/json": components["schemas"]["GuideTurn"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GuideAnswer"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Request Timeout */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Request Entity Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    list_talks: {
        parameters: {
            query?: {
                /** @description Only turns below this number */
                before?: number;
                /** @description How many at most */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeptTurns"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    own_talks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "visitor_id": "v-1"
                 *     }
                 */
                "application/json": components["schemas"]["TalkOwner"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeptTurns"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Request Timeout */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Request Entity Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    withdraw_talks: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same call is answered again, not done again, for a day at least */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "visitor_id": "v-1"
                 *     }
                 */
                "application/json": components["schemas"]["TalkOwner"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Withdrawn"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Request Timeout */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Request Entity Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    list_items: {
        parameters: {
            query?: {
                /** @description Path with > between, for example Kitchen > Mugs */
                category?: string;
                /** @description Read these items: ids with commas between; unknown and hidden ones are left out */
                ids?: string;
                /** @description Language of the texts, for example en or zh-CN */
                language?: string;
                /** @description How many */
                limit?: number;
                /** @description Skip this many */
                offset?: number;
                /** @description Words to search for; POST /v1/search also counts facets and gives reasons */
                q?: string;
                /** @description Order; relevance, with q only, is then the default */
                sort?: "relevance" | "title" | "price" | "-price" | "newest";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ItemList"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    put_items: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same call is answered again, not done again, for a day at least */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "items": [
                 *         {
                 *           "id": "mug-red",
                 *           "title": {
                 *             "en": "Red mug",
                 *             "zh": "红色马克杯"
                 *           },
                 *           "price": 12.5
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["ItemRows"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ItemsTaken"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Request Timeout */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Request Entity Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Insufficient Storage */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    get_item: {
        parameters: {
            query?: {
                /** @description Language of the texts, for example en or zh-CN */
                language?: string;
            };
            header?: never;
            path: {
                /** @description Id of the item */
                item_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ItemPage"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    delete_item: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same call is answered again, not done again, for a day at least */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of the item */
                item_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ItemsTaken"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Insufficient Storage */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    patch_item: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same call is answered again, not done again, for a day at least */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of the item */
                item_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "price": 11,
                 *       "hidden": false
                 *     }
                 */
                "application/json": components["schemas"]["ItemChange"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ItemsTaken"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Request Timeout */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Request Entity Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Insufficient Storage */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    onboard: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same call is answered again, not done again, for a day at least */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "visitor_id": "v-1",
                 *       "language": "en",
                 *       "answers": []
                 *     }
                 */
                "application/json": components["schemas"]["OnboardingAnswers"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Interview"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Request Timeout */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Request Entity Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    choose_page: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "page": "home",
                 *       "visitor_id": "v-1",
                 *       "language": "en"
                 *     }
                 */
                "application/json": components["schemas"]["PageQuestion"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageAnswer"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Request Timeout */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Request Entity Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    read_profile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "visitor_id": "v-1"
                 *     }
                 */
                "application/json": components["schemas"]["ProfileQuestion"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Profile"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Request Timeout */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Request Entity Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    put_wish: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same call is answered again, not done again, for a day at least */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "visitor_id": "v-1",
                 *       "tag": "colour:red",
                 *       "choice": "less"
                 *     }
                 */
                "application/json": components["schemas"]["Wish"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Changed"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Request Timeout */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Request Entity Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    recommend: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "placement": "home_for_you",
                 *       "visitor_id": "v-1",
                 *       "limit": 8,
                 *       "language": "en"
                 *     }
                 */
                "application/json": components["schemas"]["Question"] | components["schemas"]["Questions"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SlateAnswer"] | components["schemas"]["SlateAnswers"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Request Timeout */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Request Entity Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    list_releases: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReleasesAnswer"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    promote_release: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same call is answered again, not done again, for a day at least */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description From /v1/releases */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReleaseSwitched"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Insufficient Storage */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    roll_back_release: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same call is answered again, not done again, for a day at least */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description From /v1/releases */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReleaseSwitched"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Insufficient Storage */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    report_guide: {
        parameters: {
            query?: {
                /** @description So many last days */
                days?: number;
                /** @description Lines of each kind */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GuideReport"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    report_searches: {
        parameters: {
            query?: {
                /** @description So many last days */
                days?: number;
                /** @description Only words that so many shoppers typed; below 5 with an admin key only */
                fewest_shoppers?: number;
                /** @description json, or csv for a spreadsheet */
                format?: "json" | "csv";
                /** @description How many at most */
                limit?: number;
                /** @description The most searched first, the most often empty, or the least clicked */
                order?: "searches" | "empty" | "unclicked";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchReport"];
                    "text/csv": string;
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    get_rules: {
        parameters: {
            query?: {
                /** @description An earlier version; the one in force when left out */
                version?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RulesAnswer"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    put_rules: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same call is answered again, not done again, for a day at least */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "expected_version": 0,
                 *       "note": "spring",
                 *       "rules": [
                 *         {
                 *           "id": "hero",
                 *           "action": "pin",
                 *           "position": 0,
                 *           "items": [
                 *             "mug-red"
                 *           ],
                 *           "placements": [
                 *             "home_for_you"
                 *           ]
                 *         },
                 *         {
                 *           "id": "no-sold-series",
                 *           "action": "hide",
                 *           "filter": "tags has \"discontinued\""
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["RulesToWrite"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RulesWritten"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Request Timeout */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Request Entity Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Insufficient Storage */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    check_rules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "rules": [
                 *         {
                 *           "id": "push",
                 *           "action": "boost",
                 *           "factor": 2,
                 *           "filter": "brand = \"Clay\""
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["RulesToCheck"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RulesChecked"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Request Timeout */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Request Entity Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    diff_rules: {
        parameters: {
            query?: {
                /** @description The earlier version; by default the one before `to` */
                from?: number;
                /** @description The later version; by default the one in force */
                to?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RulesDiff"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    preview_rules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "rules": [
                 *         {
                 *           "id": "hero",
                 *           "action": "pin",
                 *           "position": 0,
                 *           "items": [
                 *             "mug-red"
                 *           ]
                 *         }
                 *       ],
                 *       "placements": [
                 *         "trending"
                 *       ],
                 *       "shoppers": [
                 *         {},
                 *         {
                 *           "user_id": "u1"
                 *         }
                 *       ],
                 *       "at": "2026-12-24"
                 *     }
                 */
                "application/json": components["schemas"]["RulesToPreview"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RulesPreviewed"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Request Timeout */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Request Entity Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    roll_back_rules: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same call is answered again, not done again, for a day at least */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "version": 1,
                 *       "expected_version": 2
                 *     }
                 */
                "application/json": components["schemas"]["RulesToRollBack"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RulesWritten"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Request Timeout */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Request Entity Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Insufficient Storage */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    list_rule_versions: {
        parameters: {
            query?: {
                /** @description Only versions below this one */
                before?: number;
                /** @description How many at most */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RuleVersionsAnswer"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    search: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "words": "red mug",
                 *       "limit": 8,
                 *       "language": "en"
                 *     }
                 */
                "application/json": components["schemas"]["SearchQuestion"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchAnswer"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Request Timeout */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Request Entity Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    get_shop: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShopFacts"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    stream: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "placement": "home_for_you",
                 *       "visitor_id": "v-1",
                 *       "limit": 8,
                 *       "language": "en"
                 *     }
                 */
                "application/json": components["schemas"]["Question"] | components["schemas"]["Questions"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Request Timeout */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Request Entity Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    put_users: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same call is answered again, not done again, for a day at least */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "users": [
                 *         {
                 *           "id": "u-1",
                 *           "consent": {
                 *             "personalization": "denied"
                 *           }
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["UserRows"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UsersTaken"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Request Timeout */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Request Entity Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Insufficient Storage */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
    get_user: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the user */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserPage"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorBody"];
                };
            };
        };
    };
}
