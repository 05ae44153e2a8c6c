// Generated from contracts/openapi.json by generate.mjs; do not edit.
// openapi.json sha256: 67ec9223885d33a98a3bf14c283ce38c4ca7e086e0cd8016ccebd860b42890cb

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
        /** Figures for Prometheus */
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
         * @description What went wrong.
         */
        ErrorFacts: {
            code: string;
            /** @default null */
            details?: components["schemas"]["ErrorDetail"][] | null;
            /** @default null */
            field?: string | null;
            message: string;
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
            event_name: "add_to_cart" | "add_to_wishlist" | "begin_checkout" | "chat_choice" | "chat_message" | "dislike_item" | "impression" | "page_view" | "purchase" | "rate_item" | "refund" | "remove_from_cart" | "search" | "select_item" | "select_promotion" | "view_cart" | "view_item" | "view_item_list" | "view_portion" | "view_promotion" | "view_search_results";
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
         * EvidenceFacts
         * @description One cause and the exact share of the score that it carries.
         */
        EvidenceFacts: {
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
         */
        Explanation: {
            filtered_by: string | null;
            gates: components["schemas"]["GateAnswer"][];
            history: components["schemas"]["HistoryShare"][];
            in_slate: boolean;
            item_id: string;
            position: number | null;
            rank: number | null;
            score: number;
            sources: components["schemas"]["SourceShare"][];
            verdict: components["schemas"]["Verdict"];
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
         * Health
         * @description Alive.
         */
        Health: {
            status: string;
            version: string;
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
         * Place
         * @description One place of a slate.
         */
        Place: {
            filler: boolean;
            item: components["schemas"]["ItemCard"];
            item_id: string;
            position: number;
            reason: components["schemas"]["ReasonFacts"];
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
         * Question
         * @description Which placement, about whom, beside what.
         *
         *         `item_ids` are the items being looked at, `cart` what lies in the cart, `exclude` what must not come.
         *         `personalize: false` answers without reading any profile.
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
         * Readiness
         * @description `status` is "ready" or "degraded"; `degraded` says what is missing.
         */
        Readiness: {
            catalogue_revision: number;
            degraded: string[];
            items: number;
            model: string;
            status: string;
        };
        /**
         * ReasonFacts
         * @description Why the item is here, as data and as a sentence.
         */
        ReasonFacts: {
            code: string;
            evidence: components["schemas"]["EvidenceFacts"][];
            text: string;
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
         * SlateAnswer
         * @description One list, with what was left out and why; `filler` counts the places nobody in particular was chosen for.
         */
        SlateAnswer: {
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
            header?: never;
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
                /** @description Words that must all occur in title, brand, tags or id */
                q?: string;
                /** @description Order */
                sort?: "title" | "price" | "-price" | "newest";
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
            header?: never;
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
            header?: never;
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
    put_users: {
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
